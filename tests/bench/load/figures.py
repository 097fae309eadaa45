"""What the rounds come to: requests a second and the late ones, beside the plain app's."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tests.bench.load.driving import Heard
from tests.bench.load.rounds import Rounds, Stretch

OURS: Final = "ours"
PLAIN: Final = "plain"
_LEAST: Final[Mapping[str, float]] = {"api": 1.2, "webhooks": 1.8}
_MOST: Final[Mapping[str, float]] = {"api": 0.9, "webhooks": 0.6}


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    what: str
    figure: float
    goal: str
    reached: bool


def told(rounds: Rounds) -> dict[str, dict[str, dict[str, float]]]:
    return {kind: {name: _figures(each) for name, each in apps.items()} for kind, apps in rounds.items()}


def goals(rounds: Rounds) -> list[Goal]:
    found = []
    for kind, apps in rounds.items():
        pairs = list(zip(apps[OURS], apps[PLAIN], strict=True))
        faster = statistics.median(ours.fast.a_second / plain.fast.a_second for ours, plain in pairs)
        later = statistics.median(_p99(ours) / _p99(plain) for ours, plain in pairs)
        found += [
            Goal(
                what=f"{kind}: requests a second, times the plain app's",
                figure=faster,
                goal=f"≥ {_LEAST[kind]}",
                reached=faster >= _LEAST[kind],
            ),
            Goal(
                what=f"{kind}: p99, times the plain app's",
                figure=later,
                goal=f"≤ {_MOST[kind]}",
                reached=later <= _MOST[kind],
            ),
        ]
        cheaper = statistics.median(plain.cpu_each / ours.cpu_each for ours, plain in pairs)
        found.append(
            Goal(
                what=f"{kind}: the same by the second of processor",
                figure=cheaper,
                goal=f"≥ {_LEAST[kind]}",
                reached=cheaper >= _LEAST[kind],
            )
        )
    refused = sum(len(each.refused) for each in _heard(rounds))
    return [*found, Goal(what="answers that are no 2xx", figure=refused, goal="0", reached=not refused)]


def percentile(seconds: Sequence[float], share: float) -> float:
    return sorted(seconds)[min(len(seconds) - 1, round(share * (len(seconds) - 1)))]


def _figures(stretches: Sequence[Stretch]) -> dict[str, float]:
    timed = [second for one in stretches for second in one.timed.seconds]
    return {
        "cpu_ms": round(statistics.median(one.cpu_each for one in stretches) * 1000, 1),
        "a_second": round(statistics.median(one.fast.a_second for one in stretches), 1),
        "p50_ms": round(percentile(timed, 0.5) * 1000, 1),
        "p99_ms": round(statistics.median(_p99(one) for one in stretches) * 1000, 1),
        "requests": sum(len(one.timed.statuses) + len(one.fast.statuses) for one in stretches),
    }


def _p99(stretch: Stretch) -> float:
    return percentile(stretch.timed.seconds, 0.99)


def _heard(rounds: Rounds) -> Iterable[Heard]:
    stretches = (one for apps in rounds.values() for each in apps.values() for one in each)
    return (part for one in stretches for part in (one.fast, one.timed))
