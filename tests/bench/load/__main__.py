"""`python -m tests.bench.load`: what the API and the webhooks door bear, beside a plain app.

Both against an AWS and a LiveKit in memory, in the same rounds: requests one after the other for how many it
can do, and requests at given times for how late the latest are.
"""

import argparse
import asyncio
import os
import tempfile
from dataclasses import asdict
from pathlib import Path

import aiohttp

from tests.bench import machine
from tests.bench.load.figures import Goal, goals, told
from tests.bench.load.kept import keep
from tests.bench.load.requests import put_on_duty
from tests.bench.load.rounds import Rounds, Size, play
from tests.bench.load.site import site


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    rounds = asyncio.run(_loaded(asked.rounds))
    found = {"machine": {**machine.facts(), "load": round(os.getloadavg()[0], 1)}, "rounds": asked.rounds}
    reached = goals(rounds)
    more = {"apps": told(rounds), "goals": [asdict(one) for one in reached]}
    keep(**found, **more)
    print("\n".join((_table(told(rounds)), "", _of_goals(reached))))
    return 0


async def _loaded(rounds: int) -> Rounds:
    with tempfile.TemporaryDirectory() as folder:
        async with (
            aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session,
            site(Path(folder)) as there,
        ):
            for app in there.apps.values():
                await put_on_duty(app, session)
            return await play(there, session, rounds=rounds, size=Size())


def _table(found: dict[str, dict[str, dict[str, float]]]) -> str:
    head = [
        "| load | app | processor ms each | requests a second | p50 ms | p99 ms | requests |",
        "|---|---|" + "---:|" * 5,
    ]
    rows = (
        f"| {kind} | {name} | {' | '.join(f'{one:,.0f}' for one in each.values())} |"
        for kind, apps in found.items()
        for name, each in apps.items()
    )
    return "\n".join([*head, *rows])


def _of_goals(reached: list[Goal]) -> str:
    rows = (f"| {one.what} | {one.figure:,.2f} | {one.goal} | {_word(one)} |" for one in reached)
    return "\n".join(["| figure | measured | goal | |", "|---|---:|---:|---|", *rows])


def _word(goal: Goal) -> str:
    return "reached" if goal.reached else "**not reached**"


if __name__ == "__main__":
    raise SystemExit(main())
