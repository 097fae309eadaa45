"""The report tells each fault's figures, each promise's checks, and what was broken by its handoff."""

import json

from local.rehearsal.chaos.picture import draw
from local.rehearsal.chaos.plan import Turn
from local.rehearsal.chaos.report import Facts, as_json, broken, page, percentile
from local.rehearsal.chaos.run import Result

_FACTS = Facts(seed=7, at="2026-11-28T21:00Z", took_s=90, factor=0.25, leaks=[])


def _result(number: int, fault: str, *complaints: str, gone: float = 0.2) -> Result:
    return Result(
        turn=Turn(number, fault, 7),
        broken=list(complaints),
        checked=["I3", "I5"],
        figures={"gone": gone, "alone": 0.0},
        remarks=[],
        struck=3,
        took_s=9.0,
        secrets=["AbCdEfGhIjKlMnOpQrStUv"],
    )


def test_the_page_has_a_line_for_each_fault_with_its_figures() -> None:
    told = page([_result(1, "webhooks-lost"), _result(2, "webhooks-lost", gone=0.4)], _FACTS)

    assert "`make chaos N=2 SEED=7`" in told
    assert "**no broken promises**" in told
    assert "| webhooks-lost | F3 | 2 | 6 | 0 |  |  | 0.20 / 0.40 | 0.00 / 0.00 |" in told
    assert "| I5 | 2 | 0 |" in told
    assert "ai-killed" not in told


def test_what_was_broken_is_told_with_the_handoff_that_broke_it() -> None:
    results = [_result(5, "ai-killed", "I3: alone 9.00 s (limit 3 s)", "no answer"), _result(2, "none")]
    facts = Facts(seed=7, at="", took_s=9, factor=0.25, leaks=["I11: a log holds a token"])

    told = page(results, facts)

    assert broken(results, facts) == [
        "handoff 5 (ai-killed): I3: alone 9.00 s (limit 3 s)",
        "handoff 5 (ai-killed): no answer",
        "I11: a log holds a token",
    ]
    assert "**3 broken promises**" in told
    assert "| I3 | 2 | 1 |" in told
    assert "| I11 | 1 | 1 |" in told
    assert "| play | 2 | 1 |" in told


def test_what_broke_and_was_kept_when_it_was_played_again_is_told_and_breaks_nothing() -> None:
    facts = Facts(seed=7, at="", took_s=9, factor=0.25, leaks=[], at_first=["handoff 5 (ai-killed): late"])

    told = page([_result(5, "ai-killed")], facts)

    assert broken([_result(5, "ai-killed")], facts) == []
    assert "**no broken promises**" in told
    assert "## Broken at first, and played again\n\n- handoff 5 (ai-killed): late\n" in told
    assert "## Broken\n" not in told


def test_the_file_for_machines_holds_no_secret() -> None:
    told = as_json([_result(1, "none")], _FACTS)

    assert json.loads(told)["handoffs"][0]["secrets"] == 1
    assert "AbCdEf" not in told


def test_a_percentile_is_one_of_the_values() -> None:
    assert [percentile([1.0, 2.0, 3.0, 4.0], percent) for percent in (1, 50, 99)] == [1.0, 2.0, 4.0]


def test_the_picture_has_a_line_for_each_fault_and_a_dot_for_each_time() -> None:
    drawn = draw([_result(1, "webhooks-lost"), _result(2, "none"), _result(3, "none", gone=500.0)])

    assert drawn.count("<circle") == 2 + 3
    assert drawn.index(">none<") < drawn.index(">webhooks-lost<")
