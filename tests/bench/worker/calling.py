"""Live calls at the same time until speech stalls: each caller listens to an AI that hums without a pause."""

from __future__ import annotations

import asyncio
import itertools
import time
from dataclasses import dataclass
from functools import partial
from typing import Final

from local.rehearsal.patience import TooLateError
from local.speech import voices
from tests.bench.worker.processes import Worker
from tests.bench.worker.site import CALLER, Site
from tests.integration.worker.rooms import VOICE, Seat, leave

_SILENT_DBFS: Final = -60.0
# As long as a listener takes for a gap in a word; a frame or two are concealed.
STALL_S: Final = 0.06
_HUMS_S: Final = 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    count: int
    silent: float  # of the time of all of them; 1 where one was not heard at all
    cpu: float  # processors that the worker used


async def calls(site: Site, worker: Worker, count: int, *, seconds: float) -> Calls:
    site.providers.seconds = _HUMS_S
    rooms = [await site.room() for _ in range(count)]
    seats = [Seat(site.livekit, room, CALLER, voice=voices.CALLER) for room in rooms]
    try:
        for seat, room in zip(seats, rooms, strict=True):
            await seat.join()
            await site.bring(worker.name, room)
        for seat in seats:
            await seat.until("the AI's voice", partial(seat.hears, VOICE), within=60)
        began, before = time.monotonic(), worker.cpu_s()
        await asyncio.sleep(seconds)
        cpu = (worker.cpu_s() - before) / (time.monotonic() - began)
        silent = sum(silent_s(seat, since=began) for seat in seats) / (count * seconds)
        return Calls(count=count, silent=round(silent, 4), cpu=round(cpu, 3))
    except TooLateError:
        return Calls(count=count, silent=1.0, cpu=0.0)
    finally:
        await leave(*seats)
        for room in rooms:
            await site.end(room)
        await worker.at_rest()


def silent_s(seat: Seat, *, since: float) -> float:
    """Of the silences that are too long for a frame that was lost."""
    heard = seat.heard(VOICE)
    loud = [
        at for at, level in zip(heard.at, heard.level, strict=True) if at >= since and level > _SILENT_DBFS
    ]
    gaps = (later - earlier for earlier, later in itertools.pairwise(loud))
    return sum(gap for gap in gaps if gap > STALL_S)
