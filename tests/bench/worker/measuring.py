"""The measurements: dispatch to the AI in the room, memory idle and connected, and what jobs leave behind."""

from __future__ import annotations

import asyncio
import statistics
from dataclasses import dataclass
from typing import Final

from local.speech import voices
from tests.bench.worker import noop
from tests.bench.worker.processes import Worker, uss_of
from tests.bench.worker.site import CALLER, Site
from tests.integration.worker.rooms import Seat, leave

_SETTLES_S: Final = 3.0
_AT_A_TIME: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """MiB of each process that holds them alone, medians."""

    idle: float
    connected: float


async def dispatched_ms(site: Site, worker: Worker) -> float:
    """Into a room that is there; measured to LiveKit's word that the agent has joined."""
    room = await site.room()
    took = await site.bring(worker.name, room)
    await site.end(room)
    await worker.at_rest()
    return took * 1000


async def memory(site: Site, worker: Worker) -> Memory:
    """Of the processes that waited for a job, then of the very same ones with a caller each."""
    waiting = worker.pids()
    idle = uss_of(*waiting)
    rooms = [await site.room() for _ in range(noop.IDLE)]
    seats = [Seat(site.livekit, room, CALLER, voice=voices.CALLER) for room in rooms]
    for seat in seats:
        await seat.join()
    for room in rooms:
        await site.bring(worker.name, room)
    # Not an event: what a session sets up after it has connected is to be in it.
    await asyncio.sleep(_SETTLES_S)
    connected = uss_of(*waiting)
    await leave(*seats)
    for room in rooms:
        await site.end(room)
    await worker.at_rest()
    # One that ended meanwhile had no call.
    jobs = (waiting & connected.keys()) - worker.pids()
    return Memory(
        idle=statistics.median(idle[pid] for pid in jobs),
        connected=statistics.median(connected[pid] for pid in jobs),
    )


async def growth(site: Site, worker: Worker, *, jobs: int, first: int) -> float:
    """What all of its processes hold at rest after so many jobs, over what they held after the first few."""
    await _many(site, worker, first)
    before = worker.uss_mib()
    await _many(site, worker, jobs - first)
    return worker.uss_mib() / before - 1


async def _many(site: Site, worker: Worker, count: int) -> None:
    left = iter(range(count))

    async def some() -> None:
        for _ in left:
            room = await site.room()
            await site.bring(worker.name, room)
            await site.end(room)

    await asyncio.gather(*(some() for _ in range(_AT_A_TIME)))
    await worker.at_rest()
    await asyncio.sleep(_SETTLES_S)
