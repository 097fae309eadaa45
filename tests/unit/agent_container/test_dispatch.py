"""What the worker makes of a dispatch."""

import pytest

from agent_container.dispatch import Dispatch


def test_the_caller_is_named() -> None:
    assert Dispatch.parse('{"caller_identity": "caller-1"}').caller_identity == "caller-1"


def test_a_way_back_names_the_escalation_and_the_human() -> None:
    dispatch = Dispatch.parse(
        '{"caller_identity": "caller-1", "escalation_id": "esc_1", "resume": true, "human_name": "Maria"}'
    )

    assert dispatch == Dispatch(
        caller_identity="caller-1", escalation_id="esc_1", human_name="Maria", resume=True
    )


@pytest.mark.parametrize("identity", ["human-agent-maria-1", "agent-AJ_1", ""])
def test_a_human_agent_or_an_ai_is_never_taken_for_the_caller(identity: str) -> None:
    assert Dispatch.parse(f'{{"caller_identity": "{identity}"}}').caller_identity == ""


@pytest.mark.parametrize("metadata", ["", "{", "[1]", "null"])
def test_what_cannot_be_read_is_an_empty_dispatch(metadata: str) -> None:
    dispatch = Dispatch.parse(metadata)

    assert dispatch.caller_identity == ""
    assert not dispatch.resume
