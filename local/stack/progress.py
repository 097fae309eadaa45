"""Says what is going on, one plain line each, and keeps slow things from looking dead."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from typing import Final

REMINDER: Final = 10.0


def say(line: str) -> None:
    print(line, flush=True)


@contextlib.asynccontextmanager
async def step(name: str, *, slow: str = "still at it") -> AsyncIterator[None]:
    """Tell how long a step took; every ten seconds tell that it goes on."""
    began = time.monotonic()
    reminder = asyncio.create_task(_remind(name, slow, began))
    try:
        yield
    finally:
        reminder.cancel()
    say(f"  {name:<28} ready after {time.monotonic() - began:5.1f} s")


async def _remind(name: str, slow: str, began: float) -> None:
    while True:
        await asyncio.sleep(REMINDER)
        say(f"  {name:<28} {slow}, {time.monotonic() - began:.0f} s so far")
