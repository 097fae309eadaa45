"""The stand-in for Fargate: runs the deployed service, and replaces its task as a deployment does."""

from collections.abc import Mapping
from typing import Final

from local.stack.children import Command
from local.stack.container import Container
from local.stack.environment import machine
from local.stack.errors import NotReadyError
from local.stack.identities import Identity
from local.stack.ledger import Ledger
from local.stack.places import PYTHON
from local.stack.task import NoWorkerError, Task
from local.stack.waiting import until

NAME: Final = "worker"
# Shorter than what a program that replaces the worker waits for the answer.
PATIENCE: Final = 80.0
# Nobody waits for a deployment: a busy machine starts the next worker beside a call.
DEPLOYMENT_PATIENCE: Final = 180.0


class Fargate:
    """What a person sets at the laptop wins over the deployed environment."""

    def __init__(
        self,
        container: Container,
        *,
        overrides: Mapping[str, str],
        health_ports: tuple[int, int],
        ledger: Ledger,
    ) -> None:
        self._container = container
        self._overrides = overrides
        self._health_ports = health_ports
        self._ledger = ledger
        self._more: Mapping[str, str] = {}
        self._tasks: list[Task] = []

    @property
    def identity(self) -> Identity:
        """The process that is the worker now."""
        return self._newest().identity

    @property
    def agent_name(self) -> str:
        return self._container.env["HANDOFF_AGENT_NAME"]

    async def up(self) -> None:
        await self._begin(patience=PATIENCE)

    async def _begin(self, *, patience: float) -> None:
        task = self._task()
        self._tasks.append(task)
        task.start()
        await until(task.ready, what="the worker", seconds=patience)

    async def replace(self, more: Mapping[str, str]) -> None:
        """End the task and start one with other overrides; return when it takes calls."""
        await self.down()
        self._more = more
        await self.up()

    async def roll(self) -> None:
        """The next task takes calls before the last one is asked to stop; return when that has ended."""
        last = self._newest()
        # Unlike on Fargate, both are on one machine.
        self._health_ports = self._health_ports[::-1]
        try:
            await self._begin(patience=DEPLOYMENT_PATIENCE)
        except NotReadyError:
            self._health_ports = self._health_ports[::-1]
            await self._tasks.pop().end()
            raise
        await last.stop()
        self._tasks.remove(last)

    async def down(self) -> None:
        while self._tasks:
            await self._tasks.pop().end()

    async def ready(self) -> bool:
        return bool(self._tasks) and await self._newest().ready()

    def _newest(self) -> Task:
        if not self._tasks:
            raise NoWorkerError
        return self._tasks[-1]

    def _task(self) -> Task:
        port = self._health_ports[0]
        program, *arguments = self._container.argv
        argv = (str(PYTHON) if program.startswith("python") else program, *arguments)
        own = {"HANDOFF_HEALTH_PORT": str(port)}
        env = machine(**{**self._container.env, **self._overrides, **own, **self._more})
        health = f"http://127.0.0.1:{port}/"
        return Task(Command(name=NAME, argv=argv, env=env), health=health, ledger=self._ledger)
