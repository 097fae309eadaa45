"""The stand-in for Fargate: runs the deployed service's command as a process and keeps it running."""

import asyncio
import contextlib
from collections.abc import Mapping
from typing import Final

from local.stack.children import Child, Command, log_file, start
from local.stack.container import Container
from local.stack.environment import machine
from local.stack.errors import StackError
from local.stack.identities import Identity
from local.stack.ledger import Ledger
from local.stack.places import PYTHON
from local.stack.progress import say
from local.stack.registration import Registration
from local.stack.waiting import answers, until

NAME: Final = "worker"
# Shorter than what a program that replaces the worker waits for the answer.
PATIENCE: Final = 80.0
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 30.0


class NoWorkerError(StackError):
    def __init__(self) -> None:
        super().__init__("no worker was started yet")


class Fargate:
    """One task; what a person sets at the laptop wins over the deployed environment."""

    def __init__(
        self, container: Container, *, overrides: Mapping[str, str], health_port: int, ledger: Ledger
    ) -> None:
        self._container = container
        self._overrides = {**overrides, "HANDOFF_HEALTH_PORT": str(health_port)}
        self._ledger = ledger
        self._health = f"http://127.0.0.1:{health_port}/"
        self._more: Mapping[str, str] = {}
        self._task: asyncio.Task[None] | None = None
        self._child: Child | None = None
        self._registration: Registration | None = None

    @property
    def identity(self) -> Identity:
        """The process that is the worker now."""
        if self._child is None:
            raise NoWorkerError
        return self._child.identity

    @property
    def agent_name(self) -> str:
        return self._container.env["HANDOFF_AGENT_NAME"]

    async def up(self) -> None:
        self._task = asyncio.create_task(self._keep_running())
        await until(self.ready, what="the worker", seconds=PATIENCE)

    async def replace(self, more: Mapping[str, str]) -> None:
        """End the task and start one with other overrides; return when it takes calls."""
        await self.down()
        self._more = more
        await self.up()

    async def down(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def ready(self) -> bool:
        """Whether the worker that runs now is given calls: healthy alone is not enough for that."""
        registration = self._registration
        return registration is not None and registration.happened() and await answers(self._health)

    async def _keep_running(self) -> None:
        clock = asyncio.get_running_loop().time
        pause = 0.0
        while True:
            began = clock()
            await self._one_life()
            pause = next_pause(pause, lived=clock() - began)
            say(f"  the worker starts again in {pause:.0f} s")
            await asyncio.sleep(pause)

    async def _one_life(self) -> None:
        registration = Registration.from_now_on(log_file(NAME))
        self._child = child = await start(self._command(), self._ledger)
        self._registration = registration
        try:
            say(str(await child.died()))
        finally:
            self._registration = None
            await child.end()

    def _command(self) -> Command:
        program, *arguments = self._container.argv
        argv = (str(PYTHON) if program.startswith("python") else program, *arguments)
        env = machine(**{**self._container.env, **self._overrides, **self._more})
        return Command(name=NAME, argv=argv, env=env)


def next_pause(last: float, *, lived: float) -> float:
    """Longer after every death, and short again after a life that was worth the name."""
    if not last or lived > LONGEST_PAUSE:
        return FIRST_PAUSE
    return min(last * 2, LONGEST_PAUSE)
