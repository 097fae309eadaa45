"""What the joins come to: percentiles of each case, and whether the goals are reached."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tests.bench.handoff.joining import Join
from tests.bench.handoff.rounds import Found

SCRIPT: Final = "script-publish"
SEED: Final = "seed"
AT_ONCE: Final = "both/on"
CUT: Final = ("room/on", "room/later", "server/on", "server/later")
_FRAME_MS: Final = 10.0

Figures = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure, and the most that it may be."""

    what: str
    figure: float
    most: float

    @property
    def reached(self) -> bool:
        return self.figure <= self.most


def spread(values: Sequence[float]) -> dict[str, float]:
    cuts = statistics.quantiles(values, n=100, method="inclusive") if len(values) > 1 else [*values] * 99
    found = {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "max": max(values)}
    return {name: round(value, 1) for name, value in found.items()}


def figures(joins: Sequence[Join]) -> Figures:
    """Who was silent before the human agent could be heard has cost nobody anything."""
    told = [join.told_ms for join in joins if join.told_ms is not None]
    found = {
        "silent_ms": spread([max(0.0, join.silent_ms) for join in joins]),
        "audible_ms": spread([join.audible_ms for join in joins]),
        "gone_ms": spread([join.gone_ms for join in joins]),
    }
    return found | ({"told_ms": spread(told)} if told else {})


def goals_can_be_told(found: Found) -> bool:
    return all(found.joins.get(name) for name in (AT_ONCE, SCRIPT, SEED, *CUT))


def goals(found: Found) -> list[Goal]:
    at = {name: figures(joins) for name, joins in found.joins.items()}
    ours, script, seed = (at[name]["silent_ms"] for name in (AT_ONCE, SCRIPT, SEED))
    return [
        Goal("silent: median, times the script's", _times(ours["p50"], script["p50"]), 1.15),
        Goal("silent: longest, times the script's", _times(ours["max"], script["max"]), 2.0),
        Goal("silent: median, times the seed's", _times(ours["p50"], seed["p50"]), 1.0),
        Goal("silent: p50, ms", ours["p50"], 150),
        Goal("silent: p99, ms", ours["p99"], 400),
        Goal("gone: p99, ms", at[AT_ONCE]["gone_ms"]["p99"], 2000),
        *(Goal(f"gone, {name}: p99, ms", at[name]["gone_ms"]["p99"], 3200) for name in CUT),
        Goal("tool call to SMS: p50, ms", _told(found)["p50"], 150),
        Goal("tool call to SMS: p99, ms", _told(found)["p99"], 500),
    ]


def _times(ours: float, others: float) -> float:
    """Nobody is told apart by less than a frame."""
    return ours / max(others, _FRAME_MS)


def _told(found: Found) -> dict[str, float]:
    return spread(
        [join.told_ms for joins in found.joins.values() for join in joins if join.told_ms is not None]
    )
