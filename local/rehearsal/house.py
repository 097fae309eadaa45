"""The stack that a rehearsal plays in: the running one, or one that it starts and ends itself."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from local.rehearsal.patience import ask_until
from local.rehearsal.stack import STACK_FILE, Stack, StackMissingError, read_stack
from local.stack import stack_file

_UP_WITHIN_S = 600.0
_DOWN_WITHIN_S = 30.0


class HouseError(RuntimeError):
    """The stack did not come up."""


@asynccontextmanager
async def opened(path: Path = STACK_FILE) -> AsyncIterator[Stack]:
    if running(path):
        yield read_stack(path)
        return
    print("no stack is up; starting one: python -m local up", flush=True)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "local", "up", start_new_session=True
    )
    try:
        yield await ask_until("the stack", lambda: _looked(process, path), within_s=_UP_WITHIN_S)
    finally:
        await _end(process)


def running(path: Path) -> bool:
    return stack_file.read(path) is not None


async def _looked(process: asyncio.subprocess.Process, path: Path) -> Stack | None:
    if process.returncode is not None:
        raise HouseError(f"python -m local up ended with {process.returncode}")
    if not running(path):
        return None
    try:
        return read_stack(path)
    except StackMissingError:
        return None


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.send_signal(signal.SIGINT)
    try:
        async with asyncio.timeout(_DOWN_WITHIN_S):
            await process.wait()
    except TimeoutError:
        process.kill()
