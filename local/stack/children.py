"""Starts child processes in groups of their own, with a log each, and ends them together."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from local.stack.errors import ChildDiedError
from local.stack.identities import Identity, identify
from local.stack.ledger import Ledger
from local.stack.places import LOGS, ROOT, private_folder
from local.stack.waiting import Check, until

TAIL_LINES: Final = 25
PATIENCE: Final = 6.0


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str]
    cwd: Path = ROOT


@dataclass(frozen=True, slots=True)
class Child:
    command: Command
    process: asyncio.subprocess.Process
    identity: Identity

    async def died(self) -> ChildDiedError:
        """Wait until the process ends by itself, and tell it."""
        code = await self.process.wait()
        return ChildDiedError(self.command.name, code, tail(self.command.name))

    async def ready(self, check: Check, *, seconds: float) -> None:
        """Wait for the check, but not for a process that is dead already."""

        async def checked() -> bool:
            if self.process.returncode is not None:
                raise await self.died()
            return await check()

        await until(checked, what=self.command.name, seconds=seconds)

    async def end(self) -> None:
        """End the whole group: kindly first, then for certain."""
        self.identity.signal_group(signal.SIGTERM)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self.process.wait()
        # Also when the first process has gone: what it had started is still in its group.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.identity.pid, signal.SIGKILL)
        await self.process.wait()


async def start(command: Command, ledger: Ledger) -> Child:
    with log_file(command.name).open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *command.argv,
            env=dict(command.env),
            cwd=command.cwd,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )
    child = Child(command=command, process=process, identity=identify(command.name, process.pid))
    ledger.add(child.identity)
    return child


def log_file(name: str) -> Path:
    return private_folder(LOGS) / f"{name}.log"


def tail(name: str, lines: int = TAIL_LINES) -> str:
    try:
        return "\n".join(log_file(name).read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return "(no log)"
