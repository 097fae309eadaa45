"""How a call back is noted, in a real session with a scripted model."""

import json
import logging
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import Any

import pytest
from livekit.agents import AgentSession, FunctionCallOutput, RunContext, RunResult, ToolError

from agent_container import prompts
from agent_container.agent import HandoffAgent
from agent_container.callback_tool import CallbackTool
from agent_container.transfer import Call, Transfer
from tests.unit.agent_container.fakes import FakeApi, ScriptedLLM, Turn, calls, escalation, says

NOW = datetime(2026, 11, 24, 23, 14, 5, tzinfo=UTC)
CALL = Call(room="room-1", room_sid="RM_1", caller_identity="caller-1", agent_identity="agent-AJ_1")
NUMBER = "+1 500 555 0142"


def leave(*, phone: str = NUMBER, confirmed: bool = True) -> Turn:
    wish = {"name": "Ada", "phone": phone, "when": "tomorrow", "confirmed": confirmed}
    return calls("leave_callback", json.dumps(wish))


async def outcome_of(api: FakeApi, tool: Turn, *, asked_before: bool = True) -> FunctionCallOutput:
    transfer = Transfer(api=api, call=CALL, clock=lambda: NOW)
    if asked_before:
        transfer.adopt(escalation(status="unanswered", people_told=0))
    agent = HandoffAgent(transfer=transfer, announce=pytest.fail)
    model = ScriptedLLM(tool, says("as it is"))
    async with AgentSession[Any](llm=model, vad=None, turn_handling={"turn_detection": None}) as session:
        await session.start(agent)
        result: RunResult[None] = await session.run(user_input="call me back")
    output: FunctionCallOutput = result.expect.contains_function_call_output().event().item
    return output


async def test_a_confirmed_number_is_noted_on_the_request_that_nobody_answered() -> None:
    api = FakeApi()

    outcome = await outcome_of(api, leave())

    assert [(where, wish.as_json()) for where, wish in api.callbacks] == [
        ("esc_1", {"name": "Ada", "phone": "+15005550142", "when": "tomorrow"})
    ]
    assert outcome.output.startswith(
        "As of 23:14:05 UTC a call to the number that ends in four two is noted."
    )
    assert not outcome.is_error


async def test_a_number_is_read_back_before_it_is_noted() -> None:
    api = FakeApi()

    outcome = await outcome_of(api, leave(confirmed=False))

    assert api.callbacks == []
    assert "digit by digit" in outcome.output
    assert '"Your number ends in four two. Is all of it right?"' in outcome.output


async def test_a_number_that_cannot_be_dialled_is_asked_for_again() -> None:
    api = FakeApi()

    outcome = await outcome_of(api, leave(phone="555 0142"))

    assert api.callbacks == []
    assert "country code" in outcome.output


async def test_before_anybody_was_asked_there_is_nothing_to_note_a_call_on() -> None:
    outcome = await outcome_of(FakeApi(), leave(), asked_before=False)

    assert "transfer_to_human_agent first" in outcome.output


async def test_a_number_that_cannot_be_noted_is_not_promised_a_call() -> None:
    api = FakeApi()
    api.is_down()

    outcome = await outcome_of(api, leave())

    assert outcome.is_error
    assert prompts.NO_CALLBACK in outcome.output


@pytest.mark.parametrize("down", [False, True])
async def test_the_number_is_neither_in_the_answer_nor_in_the_log(
    caplog: pytest.LogCaptureFixture, *, down: bool
) -> None:
    caplog.set_level(logging.INFO)
    api = FakeApi()
    if down:
        api.is_down()

    for tool in (leave(), leave(confirmed=False)):
        assert "0142" not in (await outcome_of(api, tool)).output
    assert "0142" not in caplog.text


class _TalkedOver:
    @property
    def speech_handle(self) -> "_TalkedOver":
        return self

    interrupted = True

    def disallow_interruptions(self) -> None:
        raise RuntimeError("the speech is interrupted already")


@pytest.mark.parametrize(("down", "said"), [(False, prompts.CALLBACK_NOTED), (True, prompts.NO_CALLBACK)])
async def test_a_caller_who_talks_over_it_hears_what_became_of_the_wish(*, down: bool, said: str) -> None:
    api = FakeApi()
    transfer = Transfer(api=api, call=CALL, clock=lambda: NOW, previous="esc_0")
    announced: list[str] = []
    tool = CallbackTool(transfer=transfer, announce=announced.append)
    context: RunContext[None] = _TalkedOver()  # type: ignore[assignment]
    if down:
        api.is_down()

    with pytest.raises(ToolError) if down else nullcontext():
        await tool.leave_callback(context, name="Ada", phone=NUMBER, when="now", confirmed=True)  # type: ignore

    assert announced == [said]
