"""What may happen to a request: late, lost, doubled, refused, cut before it arrived or after."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

from multidict import CIMultiDict

from local.rehearsal.clock import now


class CutError(ConnectionError):
    """Nobody answers, and who asked does not know how far it went."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str] = field(default_factory=CIMultiDict)
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """One request on its way."""

    kind: str
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


Forward = Callable[[], Coroutine[Any, Any, Answer]]
Strike = Callable[[Forward], Awaitable[Answer]]


@dataclass(slots=True, eq=False, kw_only=True)
class Fault:
    """Strikes requests of a kind: of one room where it is named, some of them, and no longer than told."""

    kind: str
    strike: Strike
    room: str = ""
    path: str = ""
    chance: float = 1.0
    most: int | None = None
    until: float = float("inf")
    dice: random.Random = field(default_factory=random.Random)
    struck: int = 0

    def meets(self, asked: Passing) -> bool:
        if asked.kind != self.kind or not self._is_due():
            return False
        # The first always: a fault that never struck has shown nothing.
        return self._is_meant(asked) and (not self.struck or self.dice.random() < self.chance)

    def _is_due(self) -> bool:
        return (self.most is None or self.struck < self.most) and now() < self.until

    def _is_meant(self, asked: Passing) -> bool:
        room = self.room.encode() in asked.body or self.room in asked.path
        return room and self.path in f"{asked.path} {asked.headers.get('X-Amz-Target', '')}"

    async def strikes(self, forward: Forward) -> Answer:
        self.struck += 1
        return await self.strike(forward)


def answered(status: int, body: bytes = b"", **headers: str) -> Strike:
    """Instead of whoever should have answered."""

    async def strike(_: Forward) -> Answer:
        return Answer(
            status, CIMultiDict({key.replace("_", "-"): value for key, value in headers.items()}), body
        )

    return strike


def repeated(times: int) -> Strike:
    """The same bytes again and again, all at once; one of the answers is told."""

    async def strike(forward: Forward) -> Answer:
        answers = await asyncio.gather(*(forward() for _ in range(times)))
        return max(answers, key=lambda answer: answer.status)

    return strike


def late(dice: random.Random, *, least_s: float, most_s: float) -> Strike:
    """Each by another time, so that they overtake one another; the sender has its answer at once."""
    late_ones: set[asyncio.Task[Answer]] = set()

    async def strike(forward: Forward) -> Answer:
        async def later() -> Answer:
            await asyncio.sleep(dice.uniform(least_s, most_s))
            return await forward()

        task = asyncio.create_task(later())
        late_ones.add(task)
        task.add_done_callback(late_ones.discard)
        return Answer(200)

    return strike


def echoed(dice: random.Random, *, least_s: float, most_s: float) -> Strike:
    """At once, and the same bytes once more when much has happened since."""
    again = late(dice, least_s=least_s, most_s=most_s)

    async def strike(forward: Forward) -> Answer:
        answer = await forward()
        await again(forward)
        return answer

    return strike


def slow(seconds: float) -> Strike:
    """It arrives, and the answer takes its time."""

    async def strike(forward: Forward) -> Answer:
        answer = await forward()
        await asyncio.sleep(seconds)
        return answer

    return strike


async def cut_before(_: Forward) -> Answer:
    raise CutError


async def cut_after(forward: Forward) -> Answer:
    """What was asked for is done, and nobody is told."""
    await forward()
    raise CutError
