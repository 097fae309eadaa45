"""Requests at given times: one that had to wait counts from when it should have begun."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

AT_A_TIME: Final = 16
Step = Callable[[], Awaitable[int]]


@dataclass(slots=True)
class Heard:
    """What came of the requests of one stretch."""

    seconds: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    lasted: float = 0.0

    @property
    def a_second(self) -> float:
        return len(self.statuses) / self.lasted

    @property
    def refused(self) -> list[int]:
        return [status for status in self.statuses if not 200 <= status < 300]


def arrivals(a_second: float, *, seconds: float, seed: int) -> Iterator[float]:
    """As callers come: none knows of the others."""
    chance, at = random.Random(seed), 0.0  # noqa: S311
    while (at := at + chance.expovariate(a_second)) < seconds:
        yield at


async def at_their_times(lives: Sequence[tuple[float, Sequence[Step]]], *, apart: float) -> Heard:
    """Each life's steps from its time on, that far apart; a late answer delays only what needs it."""
    heard, began = Heard(), time.perf_counter()

    async def live(at: float, steps: Sequence[Step]) -> None:
        for number, step in enumerate(steps):
            due = began + at + number * apart
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            heard.statuses.append(await step())
            heard.seconds.append(time.perf_counter() - due)

    await asyncio.gather(*(live(at, steps) for at, steps in lives))
    heard.lasted = time.perf_counter() - began
    return heard


async def as_fast_as_they_can(lives: Sequence[Sequence[Step]]) -> Heard:
    """A few at a time, each followed by the next at once."""
    heard, began, left = Heard(), time.perf_counter(), iter(lives)

    async def work() -> None:
        for steps in left:
            for step in steps:
                asked = time.perf_counter()
                heard.statuses.append(await step())
                heard.seconds.append(time.perf_counter() - asked)

    await asyncio.gather(*(work() for _ in range(AT_A_TIME)))
    heard.lasted = time.perf_counter() - began
    return heard
