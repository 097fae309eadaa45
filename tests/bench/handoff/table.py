"""The figures as they stand in the documentation."""

from collections.abc import Iterable

from tests.bench.handoff.figures import Goal, figures
from tests.bench.handoff.rounds import Found

_CASES = {
    "both/on": "both ways, microphone on at once",
    "both/later": "both ways, switched on later",
    "room/on": "webhooks cut, on at once",
    "room/later": "webhooks cut, switched on later",
    "server/on": "in-room way cut, on at once",
    "server/later": "in-room way cut, switched on later",
    "script-publish": "script: `track_published`, then mute",
    "script-join": "script: `participant_joined`, then mute",
    "seed": "`participant_connected`, then `aclose()`",
}


def cases(found: Found) -> str:
    names = "| whose AI | joins | silent p50 | p95 | max | human audible p50 | gone p50 | p99 |"
    head = [names, "|---|" + "---:|" * 7]
    return "\n".join([*head, *(_row(name, found) for name in _CASES if found.joins.get(name))])


def _row(name: str, found: Found) -> str:
    at = figures(found.joins[name])
    silent, gone = at["silent_ms"], at["gone_ms"]
    audible = at["audible_ms"]["p50"]
    shown = (silent["p50"], silent["p95"], silent["max"], audible, gone["p50"], gone["p99"])
    return f"| {_CASES[name]} | {len(found.joins[name])} | {' | '.join(f'{ms:,.0f}' for ms in shown)} |"


def of_goals(goals: Iterable[Goal]) -> str:
    rows = (f"| {one.what} | {one.figure:,.2f} | {one.most:g} | {_word(one)} |" for one in goals)
    return "\n".join(["| figure | measured | goal | |", "|---|---:|---:|---|", *rows])


def _word(goal: Goal) -> str:
    return "reached" if goal.reached else "**not reached**"
