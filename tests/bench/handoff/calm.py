"""Waits until what was just started has settled: calls that begin are not what a join is measured beside."""

import asyncio
import os
import time
from pathlib import Path
from typing import Final

# Of one processor, by whatever is not nice to others.
_CALM: Final = 0.6
_OVER_S: Final = 0.5
_WITHIN_S: Final = 8.0
_STAT: Final = Path("/proc/stat")


async def calm() -> None:
    """Where the machine does not tell, or never rests, nobody waits for it for ever."""
    deadline = time.monotonic() + _WITHIN_S
    while _STAT.exists() and time.monotonic() < deadline:
        before = _busy_s()
        await asyncio.sleep(_OVER_S)
        if (_busy_s() - before) / _OVER_S < _CALM:
            return


def _busy_s() -> float:
    user = int(_STAT.read_text().split(maxsplit=2)[1])
    return user / os.sysconf("SC_CLK_TCK")
