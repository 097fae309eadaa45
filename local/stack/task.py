"""One task of the stand-in for Fargate: the service's command as a process, kept running until the end."""

import asyncio
import contextlib
import os
import signal
from typing import Final

from local.stack.children import Child, Command, log_file, start
from local.stack.errors import StackError
from local.stack.identities import Identity
from local.stack.ledger import Ledger
from local.stack.progress import say
from local.stack.registration import Registration
from local.stack.waiting import answers

FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 30.0
# What Fargate gives a task at most, from the request to stop until it is killed.
STOP_TIMEOUT: Final = 120.0


class NoWorkerError(StackError):
    def __init__(self) -> None:
        super().__init__("no worker was started yet")


class Task:
    def __init__(self, command: Command, *, health: str, ledger: Ledger) -> None:
        self._command = command
        self._health = health
        self._ledger = ledger
        self._life: asyncio.Task[None] | None = None
        self._child: Child | None = None
        self._registration: Registration | None = None
        self._stopped = False

    @property
    def identity(self) -> Identity:
        """The process that is the worker now."""
        if self._child is None:
            raise NoWorkerError
        return self._child.identity

    def start(self) -> None:
        self._life = asyncio.create_task(self._keep_running())

    async def stop(self) -> None:
        """As Fargate does it: the first process is asked once, given its time, and then killed."""
        self._stopped = True
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.identity.pid, signal.SIGTERM)
        if self._life is not None:
            await asyncio.wait({self._life}, timeout=STOP_TIMEOUT)
        await self.end()

    async def end(self) -> None:
        if self._life is not None:
            self._life.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._life

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
            if self._stopped:
                return
            pause = next_pause(pause, lived=clock() - began)
            say(f"  the worker starts again in {pause:.0f} s")
            await asyncio.sleep(pause)

    async def _one_life(self) -> None:
        registration = Registration.from_now_on(log_file(self._command.name))
        self._child = child = await start(self._command, self._ledger)
        self._registration = registration
        try:
            death = await child.died()
            if not self._stopped:
                say(str(death))
        finally:
            self._registration = None
            await child.end()


def next_pause(last: float, *, lived: float) -> float:
    """Longer after every death, and short again after a life that was worth the name."""
    if not last or lived > LONGEST_PAUSE:
        return FIRST_PAUSE
    return min(last * 2, LONGEST_PAUSE)
