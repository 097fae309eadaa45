"""`python -m tests.bench.handoff`: how soon the AI is silent and gone when a human agent can be heard.

On the whole stack with the real worker, each way out by itself and both, beside a minimal script and the
seed's way.
"""

import argparse
import asyncio
import json
import logging
import signal
import statistics
import sys
from collections.abc import Iterable
from contextlib import AbstractAsyncContextManager, nullcontext
from pathlib import Path
from typing import Final

from local.stack.places import ROOT
from tests.bench import machine
from tests.bench.handoff import table
from tests.bench.handoff.ais import Product, Script, Seed
from tests.bench.handoff.figures import Goal, figures, goals, goals_can_be_told
from tests.bench.handoff.joining import Case
from tests.bench.handoff.plot import draw
from tests.bench.handoff.rounds import Found, play
from tests.bench.handoff.site import Site, site
from tests.bench.handoff.talking import TalkativeProviders

RESULTS: Final = Path(__file__).parents[1] / "handoff.json"
_WHOLE: Final = "room,server"
_SHARE: Final = {_WHOLE: 0.5, "room": 0.25, "server": 0.25}
PICTURE: Final = ROOT / "docs" / "images" / "handoff-bench.svg"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.handoff", description=__doc__)
    parser.add_argument("--minutes", type=float, default=11)
    # Whoever ends this ends what it has started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    # Its tracks are let go of after the rooms that they were in.
    logging.getLogger("livekit").setLevel(logging.ERROR)
    minutes, found = parser.parse_args().minutes, Found()
    with site() as there:
        for ways, cases in _cases(there).items():
            print(f"\n{ways}", flush=True)
            with there.worker(ways):
                asyncio.run(_play(there, ways, cases, for_s=_SHARE[ways] * minutes * 60, found=found))
    print(f"\n{table.cases(found)}\n\nfailures: {dict(found.failures)}\n")
    if not goals_can_be_told(found):
        return 1
    reached = goals(found)
    _write(found, reached)
    print(table.of_goals(reached))
    return 0 if all(goal.reached for goal in reached) else 1


def _cases(there: Site) -> dict[str, tuple[Case, ...]]:
    """By the ways out that the worker has; those of the others' AIs beside the product's whole one."""
    ours, script = Product(there.stack), Script(there.bare, there.script_url)
    publish = Case(name="script-publish", ai=script)
    others = (Case(name="script-join", ai=script), publish, publish, Case(name="seed", ai=Seed(there.bare)))
    named = {_WHOLE: "both", "room": "room", "server": "server"}
    own = {
        ways: (
            at_once := Case(name=f"{name}/on", ai=ours),
            at_once,
            Case(name=f"{name}/later", ai=ours, later=True),
        )
        for ways, name in named.items()
    }
    return {**own, _WHOLE: (own[_WHOLE][0], *own[_WHOLE], *others)}


async def _play(there: Site, ways: str, cases: Iterable[Case], *, for_s: float, found: Found) -> None:
    def cut() -> AbstractAsyncContextManager[None]:
        return there.without_webhooks() if ways == "room" else nullcontext()

    async with TalkativeProviders(there.providers_port):
        await play(cases, for_s=for_s, cut=cut, found=found)


def _write(found: Found, reached: list[Goal]) -> None:
    joins = found.joins.items()
    load = statistics.median(join.load for _, each in joins for join in each)
    content = {
        "machine": machine.facts() | {"load_median": load},
        "cases": {name: {"joins": len(each), **figures(each)} for name, each in joins},
        "goals": {one.what: {"measured": round(one.figure, 2), "most": one.most} for one in reached},
        "failures": dict(found.failures),
    }
    RESULTS.write_text(json.dumps(content, indent=2) + "\n")
    PICTURE.write_text(draw(found))


if __name__ == "__main__":
    raise SystemExit(main())
