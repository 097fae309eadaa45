"""A worker's processes: which of them wait for a job, which have one, and what they hold alone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable

import psutil

_MIB = 1024 * 1024
_SETTLED_S = 3.0


class NotAtRestError(Exception):
    """The worker's processes did not become as many as it keeps."""


class Worker:
    def __init__(self, name: str, process: psutil.Process) -> None:
        self.name = name
        self._main = process
        self._kept = 0

    def pids(self) -> set[int]:
        return {one.pid for one in self._main.children(recursive=True)}

    async def settles(self) -> None:
        """As many as there are now, and have been for a while, are what it keeps while nothing goes on."""
        since = time.monotonic()
        while time.monotonic() - since < _SETTLED_S:
            if len(self.pids()) != self._kept:
                self._kept, since = len(self.pids()), time.monotonic()
            await asyncio.sleep(0.05)

    async def at_rest(self, *, within_s: float = 60.0) -> None:
        deadline = time.monotonic() + within_s
        while len(self.pids()) != self._kept:
            if time.monotonic() > deadline:
                raise NotAtRestError(f"{self.name}: {len(self.pids())} processes, {self._kept} before")
            await asyncio.sleep(0.05)

    def uss_mib(self) -> float:
        """Of all of it."""
        return sum(uss_of(self._main.pid, *self.pids()).values())

    def cpu_s(self) -> float:
        everybody = [self._main, *self._main.children(recursive=True)]
        return sum(sum(one.cpu_times()[:2]) for one in everybody if one.is_running())


def uss_of(*pids: int) -> dict[int, float]:
    """In MiB; what is gone meanwhile holds nothing."""
    return {pid: found for pid in pids if (found := _uss(pid)) is not None}


def find(commands: Iterable[str]) -> dict[str, psutil.Process]:
    """This process's children, by a word of their command."""
    children = psutil.Process().children()
    return {command: next(one for one in children if command in one.cmdline()) for command in commands}


def _uss(pid: int) -> float | None:
    try:
        return float(psutil.Process(pid).memory_full_info().uss) / _MIB
    except psutil.NoSuchProcess:
        return None
