"""`python -m tests.bench.worker`: how soon the AI is in the room, what it holds, what it bears.

On a real livekit-server, beside a no-op entrypoint of the same framework, by turns.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from tests.bench import machine
from tests.bench.worker.calling import calls
from tests.bench.worker.measuring import dispatched_ms, growth, memory
from tests.bench.worker.site import NOOP, OURS, Site, site

RESULTS: Final = Path(__file__).parents[1] / "worker.json"
_TOLD: Final = {OURS: "ours_ms", NOOP: "noop_ms"}
_FIRST: Final = 20
_WARMING: Final = 3
_LISTENS_S: Final = 10.0
_STALLED: Final = 0.01


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.worker", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--jobs", type=int, default=200)
    parser.add_argument("--calls", type=int, default=6, help="at the same time, at most")
    asked = parser.parse_args()
    found = asyncio.run(measured(asked.rounds, jobs=asked.jobs, most=asked.calls))
    before = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    told = {"machine": {**machine.facts(), "load": round(os.getloadavg()[0], 1)}, **found}
    RESULTS.write_text(json.dumps({**before, **told}, indent=2) + "\n")
    print(json.dumps(found, indent=2))
    return 0


async def measured(rounds: int, *, jobs: int, most: int) -> dict[str, Any]:
    """What was not asked for is not measured."""
    async with site() as there:
        await _warmed_up(there)
        found: dict[str, Any] = {}
        if rounds:
            found |= {"dispatch": await _dispatches(there, rounds), "uss": await _memory(there)}
        ours = there.workers[OURS]
        if jobs:
            first = min(_FIRST, jobs // 2)
            found["growth"] = {
                "jobs": jobs,
                "of_all": round(await growth(there, ours, jobs=jobs, first=first), 4),
            }
        if most:
            found["calls"] = await _calls(there, most)
        return found


async def _warmed_up(there: Site) -> None:
    """The first jobs are slower than any other."""
    for worker in there.workers.values():
        await worker.settles()
        for _ in range(_WARMING):
            await dispatched_ms(there, worker)


async def _dispatches(there: Site, rounds: int) -> dict[str, Any]:
    took: dict[str, list[float]] = {OURS: [], NOOP: []}
    for number in range(rounds):
        for name in (OURS, NOOP) if number % 2 else (NOOP, OURS):
            took[name].append(await dispatched_ms(there, there.workers[name]))
    ratio = statistics.median(ours / noop for ours, noop in zip(took[OURS], took[NOOP], strict=True))
    medians = {_TOLD[name]: round(statistics.median(each), 1) for name, each in took.items()}
    return {**medians, "ratio": round(ratio, 3), "rounds": rounds}


async def _memory(there: Site) -> dict[str, Any]:
    ours, noop = [await memory(there, there.workers[name]) for name in (OURS, NOOP)]
    ratios = {"idle": ours.idle / noop.idle, "connected": ours.connected / noop.connected}
    return {
        "ours_mib": {name: round(mib, 1) for name, mib in asdict(ours).items()},
        "noop_mib": {name: round(mib, 1) for name, mib in asdict(noop).items()},
        "ratio": {name: round(one, 3) for name, one in ratios.items()},
    }


async def _calls(there: Site, most: int) -> list[dict[str, Any]]:
    """One more each time, until speech stalls."""
    found: list[dict[str, Any]] = []
    while len(found) < most and not (found and found[-1]["silent"] > _STALLED):
        found.append(asdict(await calls(there, there.workers[OURS], len(found) + 1, seconds=_LISTENS_S)))
    return found


if __name__ == "__main__":
    raise SystemExit(main())
