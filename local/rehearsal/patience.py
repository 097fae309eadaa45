"""Waiting for a condition with a deadline: looked at on every beat, and every 50 ms besides."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

_T = TypeVar("_T")
_LOOK_EVERY_S = 0.05


class TooLateError(TimeoutError):
    """A deadline passed before what was waited for happened."""

    def __init__(self, what: str, within_s: float) -> None:
        super().__init__(f"{what} did not happen within {within_s:.0f} s")


class Pulse:
    """Something changes; whoever waits looks again."""

    def __init__(self) -> None:
        self._changed = asyncio.Event()

    def beat(self) -> None:
        self._changed.set()

    async def until(self, what: str, holds: Callable[[], _T | None], *, within_s: float) -> _T:
        """The first truthy answer of `holds`; TooLateError names `what` was missing."""
        deadline = time.monotonic() + within_s
        while not (answer := holds()):
            if time.monotonic() >= deadline:
                raise TooLateError(what, within_s)
            await self._next_change()
        return answer

    async def _next_change(self) -> None:
        # The look without a beat is for what only the clock fulfils, such as a pause that is long enough.
        self._changed.clear()
        try:
            async with asyncio.timeout(_LOOK_EVERY_S):
                await self._changed.wait()
        except TimeoutError:
            return


async def ask_until(
    what: str, ask: Callable[[], Awaitable[_T | None]], *, within_s: float, every_s: float = 0.25
) -> _T:
    """The first truthy answer of `ask`, which looks at something that cannot call back."""
    deadline = time.monotonic() + within_s
    while not (answer := await ask()):
        if time.monotonic() >= deadline:
            raise TooLateError(what, within_s)
        await asyncio.sleep(every_s)
    return answer
