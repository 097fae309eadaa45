from collections.abc import Callable

import pytest

from local.rehearsal.scenarios.catalogue import PLAYS, about
from local.rehearsal.scenarios.outcome import Outcome
from local.rehearsal.scenarios.table import page, table

Show = Callable[..., str]
GOOD = Outcome(name="race", complaints=[], alone_s=0.0, took_s=41.2, figures=["1 of 8 claims won"])
BAD = Outcome(name="ai-crash", complaints=["took 4 s (limit 3 s)"], alone_s=4.0, took_s=60.0, figures=[])


@pytest.mark.parametrize(
    "show", [table, lambda found, factor: page(found, factor=factor, at="now", about=str)]
)
def test_a_reader_sees_who_passed_and_how_long_the_caller_was_alone(show: Show) -> None:
    shown = show([GOOD, BAD], factor=0.25)

    race, crash = (next(row for row in shown.splitlines() if name in row) for name in ("race", "ai-crash"))
    assert "yes" in race
    assert "0.00" in race
    assert "1 of 8 claims won" in race
    assert "no" in crash.lower()
    assert "4.00" in crash
    assert "took 4 s (limit 3 s)" in shown
    assert "0.25" in shown


def test_the_page_counts_those_that_passed() -> None:
    assert "1 of 2 passed" in page([GOOD, BAD], factor=1, at="now", about=str)


def test_an_outcome_with_a_complaint_has_not_passed() -> None:
    assert GOOD.passed
    assert not BAD.passed


def test_the_page_says_what_happens_in_each() -> None:
    assert "- **race**: eight at once" in page(
        [GOOD], factor=1, at="now", about=lambda _name: "eight at once"
    )


def test_every_play_says_in_one_sentence_what_happens() -> None:
    assert all(about(name).endswith(".") for name in PLAYS)
