"""Signals to processes that the stack has started, and to no others."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from local.rehearsal.scenarios.jobs import ancestors
from local.stack import stack_file
from local.stack.identities import Identity


class NotRunningError(RuntimeError):
    def __init__(self, name: str) -> None:
        super().__init__(f"the stack has no {name} now")


def part(name: str) -> Identity:
    """As the stack's own file tells it: a part may have been started later than the stack."""
    stack = stack_file.read()
    found = [Identity(**each) for each in stack.processes if each["name"] == name] if stack else []
    alive = [each for each in found if each.alive()]
    if not alive:
        raise NotRunningError(name)
    return alive[-1]


def kill_worker() -> None:
    """With all of its jobs, as a task that is lost."""
    part("worker").signal_group(signal.SIGKILL)


def kill_functions() -> int:
    """Every process that runs a function; the embedded AWS itself lives on."""
    pids = list(_children(part("aws").pid))
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return len(pids)


async def freeze(name: str, *, for_s: float) -> None:
    """It neither works nor ends for that long."""
    identity = part(name)
    identity.signal_group(signal.SIGSTOP)
    try:
        await asyncio.sleep(for_s)
    finally:
        identity.signal_group(signal.SIGCONT)


def _children(parent: int) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and ancestors(int(entry.name))[:1] == [parent]:
            yield int(entry.name)
