"""An actor as the conductor sees it: a child process with one pipe for its cues and one for what it tells."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from local.rehearsal.messages import Cue, Failed, Message, MessageError, Part, decode, encode
from local.stack.places import ROOT

_LINE_LIMIT = 2**22
_PATIENCE_S = 5.0


@dataclass(slots=True)
class Actor:
    """One running actor."""

    name: str
    log: Path
    process: asyncio.subprocess.Process
    listening: asyncio.Task[None]

    def cue(self, name: str, text: str = "") -> None:
        if self.process.stdin is not None and not self.process.stdin.is_closing():
            self.process.stdin.write((encode(Cue(name, text)) + "\n").encode())

    async def end(self) -> None:
        """Closing its stdin asks an actor to leave; one that does not is terminated, by its own id."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await self.process.wait()
        except TimeoutError:
            self.process.kill()
            await self.process.wait()
        await self.listening


async def enter(name: str, part: Part, *, logs: Path, tell: Callable[[Message], None]) -> Actor:
    log = logs / f"rehearsal-{name}.log"
    with _opened(log) as stderr:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-X",
            "faulthandler",  # so that its log tells where a library of another language ended it
            "-m",
            f"local.rehearsal.{name}",
            stdin=PIPE,
            stdout=PIPE,
            stderr=stderr,
            limit=_LINE_LIMIT,
            cwd=ROOT,
        )
    actor = Actor(name, log, process, asyncio.create_task(_listen(name, process, tell)))
    if process.stdin is not None:
        process.stdin.write((encode(part) + "\n").encode())
    return actor


def _opened(log: Path) -> IO[bytes]:
    log.parent.mkdir(parents=True, exist_ok=True)
    return log.open("wb")


async def _listen(name: str, process: asyncio.subprocess.Process, tell: Callable[[Message], None]) -> None:
    if process.stdout is None:
        return
    while line := await process.stdout.readline():
        try:
            tell(decode(line))
        except MessageError as error:
            tell(Failed(actor=name, reason=str(error)))
    if code := await process.wait():
        tell(Failed(actor=name, reason=f"its process ended with {code}"))
