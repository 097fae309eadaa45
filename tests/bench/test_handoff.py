"""What is told of the joins of a benchmark."""

import random

import pytest

from tests.bench.handoff.figures import CUT, figures, goals
from tests.bench.handoff.joining import Join
from tests.bench.handoff.plot import draw
from tests.bench.handoff.rounds import Found
from tests.bench.handoff.table import cases


def join(*, silent: float, gone: float = 900.0, told: float | None = 100.0) -> Join:
    return Join(silent_ms=silent, audible_ms=150.0, gone_ms=gone, told_ms=told, load=1.0)


def found(**silent: float) -> Found:
    """As many joins of every case, all alike."""
    names = ("both/on", "both/later", *CUT, "script-publish", "seed")
    return Found(joins={name: [join(silent=silent.get(name, 80.0))] * 20 for name in names})


def missed(result: Found) -> list[str]:
    return [goal.what for goal in goals(result) if not goal.reached]


def test_an_ai_that_was_silent_before_the_human_could_be_heard_has_cost_nothing() -> None:
    told = figures([join(silent=-30.0), join(silent=-5.0), join(silent=-1.0)])

    assert told["silent_ms"] == {"p50": 0.0, "p95": 0.0, "p99": 0.0, "max": 0.0}


def test_the_percentiles_do_not_depend_on_the_order() -> None:
    joins = [join(silent=float(ms)) for ms in range(101)]
    random.shuffle(joins)

    assert figures(joins)["silent_ms"] == {"p50": 50.0, "p95": 95.0, "p99": 99.0, "max": 100.0}


@pytest.mark.parametrize(
    ("ours", "most"),
    [(80.0, []), (93.0, ["silent: median, times the script's", "silent: median, times the seed's"])],
)
def test_an_ai_that_is_slower_than_the_others_misses_its_goals(ours: float, most: list[str]) -> None:
    assert missed(found(**{"both/on": ours})) == most


def test_one_join_that_took_too_long_shows() -> None:
    late = found()
    late.joins["server/later"] = [*late.joins["server/later"][1:], join(silent=80.0, gone=60_000.0)]

    assert missed(late) == ["gone, server/later: p99, ms"]


def test_every_case_has_its_row_and_every_join_its_dots() -> None:
    result = found()

    assert len(cases(result).splitlines()) == 2 + len(result.joins)
    assert draw(result).count("<circle") == 2 * 20 * len(result.joins)
