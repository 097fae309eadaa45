"""Steps, their order, and what is missing."""

import json

from local.rehearsal import report
from local.rehearsal.messages import Moment
from local.rehearsal.timeline import STEPS, Timeline, disorder


def _whole() -> Timeline:
    timeline = Timeline()
    for index, (step, actor) in enumerate(STEPS.items()):
        timeline.note(Moment(step=step, at=100.0 + index * 0.25, actor=actor))
    return timeline


def test_a_whole_timeline_misses_nothing_and_is_in_order() -> None:
    assert _whole().missing() == []
    assert disorder(_whole()) == []


def test_the_times_are_relative_to_the_callers_joining() -> None:
    timeline = _whole()

    assert timeline.ms("caller_joined") == 0
    assert timeline.ms("ai_joined") == 250
    assert timeline.between("ai_joined", "caller_asked") == 500


def test_only_the_first_moment_of_a_step_counts() -> None:
    timeline = Timeline()

    assert timeline.note(Moment(step="ai_joined", at=1.0, actor="ai"))
    assert not timeline.note(Moment(step="ai_joined", at=2.0, actor="ai"))
    assert timeline.at("ai_joined") == 1.0


def test_a_step_before_its_cause_is_a_disorder_with_the_gap() -> None:
    timeline = _whole()
    claimed = timeline.moments["claimed"]
    timeline.moments["link_opened"] = Moment(step="link_opened", at=claimed.at + 0.04, actor="human")

    assert disorder(timeline) == ["claimed came 40 ms before link_opened"]


def test_a_step_that_never_happened_is_named() -> None:
    timeline = _whole()
    del timeline.moments["two_way_audio"]

    assert timeline.missing() == ["two_way_audio"]


def test_demo_json_lists_step_time_and_actor_in_the_order_of_time() -> None:
    timeline = _whole()
    timeline.note(Moment(step="talked_in_a_pause", at=101.0, actor="human"))

    listed = json.loads(report.as_json(timeline))

    assert [each["step"] for each in listed] == list(STEPS)
    assert listed[1] == {"step": "ai_joined", "at_ms": 250, "actor": "ai"}


def test_the_table_has_a_line_for_each_step() -> None:
    table = report.table(_whole())

    assert all(step in table for step in STEPS)
