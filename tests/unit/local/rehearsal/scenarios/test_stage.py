from pathlib import Path

import pytest

from local.rehearsal.conductor import ActorFailedError
from local.rehearsal.messages import Failed, Message, Moment, Overheard, Sign
from local.rehearsal.scenarios.chronicle import Chronicle
from local.rehearsal.scenarios.outcome import conclude
from local.rehearsal.scenarios.stage import Stage
from local.stack.stack_file import StackFile


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    stack = StackFile(
        api_url="http://127.0.0.1:1",
        livekit_url="ws://127.0.0.1:2",
        livekit_api_key="key",
        livekit_api_secret="secret",
        service_key="service",
        inbox_url="http://127.0.0.1:3",
        agent_name="handoff-agent",
        aws_endpoint="http://127.0.0.1:4",
        speech_url="http://127.0.0.1:5",
        worker_health_url="http://127.0.0.1:6",
        control_url="http://127.0.0.1:7",
        time_factor=0.25,
    )
    return Stage(stack, room="room", folder=tmp_path, chronicle=Chronicle(tell=lambda _line: None))


def told(stage: Stage, *messages: Message) -> Stage:
    for message in messages:
        stage._take(message)
    return stage


def test_the_products_times_are_as_long_as_this_stack_has_them(stage: Stage) -> None:
    assert stage.scaled(60) == 15


def test_only_the_callers_eyes_count(stage: Stage) -> None:
    told(
        stage,
        Sign(ear="human", identity="agent-1", role="ai", sign="audible", at=1),
        Sign(ear="caller", identity="agent-2", role="ai", sign="audible", at=2),
    )

    assert stage.attendance.audible("ai") == "agent-2"
    assert stage.chronicle.at("ai_audible") == 2


async def test_an_actor_that_fails_ends_the_waiting(stage: Stage) -> None:
    told(stage, Failed(actor="scenarios.human", reason="no microphone"))

    with pytest.raises(ActorFailedError, match="no microphone"):
        await stage.until("anything", lambda: None, within_s=5)


def test_what_takes_longer_than_it_may_is_a_complaint(stage: Stage) -> None:
    stage.measure("one thing", 1.0, limit_s=2.0)
    stage.measure("another", 3.0, limit_s=2.0)

    outcome = conclude("race", stage, began=0.0, stopped="")

    assert outcome.figures == ["one thing 1.00 s", "another 3.00 s"]
    assert outcome.complaints == ["another took 3.00 s (limit 2.0 s)"]


def test_two_ais_at_once_are_a_complaint(stage: Stage) -> None:
    told(
        stage,
        Moment(step="caller_joined", at=0, actor="caller"),
        Sign(ear="caller", identity="agent-1", role="ai", sign="audible", at=1),
        Sign(ear="caller", identity="agent-2", role="ai", sign="audible", at=2),
        Moment(step="caller_left", at=5, actor="caller"),
    )

    assert "two AIs" in conclude("ai-crash", stage, began=0.0, stopped="").complaints[0]


def test_a_scenario_that_stopped_early_says_why_first(stage: Stage) -> None:
    stage.expect(False, "nobody came")

    assert conclude("happy", stage, began=0.0, stopped="too late").complaints == ["too late", "nobody came"]


def test_the_words_of_the_ai_are_kept(stage: Stage) -> None:
    told(stage, Overheard(ear="caller", role="ai", text="I am back", at=1))

    assert [each.text for each in stage.overheard] == ["I am back"]
