"""What the AI does with its tools, in a real session with a scripted model."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from livekit.agents import AgentSession, RunContext, RunResult, function_tool, inference

from agent_container import prompts
from agent_container.agent import HandoffAgent
from agent_container.errors import ApiRefusedError
from agent_container.escalation import Reason
from agent_container.transfer import Call, Transfer
from tests.unit.agent_container.fakes import FakeApi, ScriptedLLM, Turn, calls, escalation, says

NOW = datetime(2026, 11, 24, 23, 14, 5, tzinfo=UTC)
CALL = Call(room="room-1", room_sid="RM_1", caller_identity="caller-1", agent_identity="agent-AJ_1")
ASK = calls("transfer_to_human_agent", json.dumps({"reason": "caller_request", "summary": "wants a person"}))
WITHDRAW = calls("cancel_escalation", "{}")


class House:
    def __init__(self, *turns: Turn) -> None:
        self.api = FakeApi()
        self.announced: list[str] = []
        self.model = ScriptedLLM(*turns)
        self.transfer = Transfer(api=self.api, call=CALL, clock=lambda: NOW)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AgentSession[Any]]:
        agent = HandoffAgent(transfer=self.transfer, announce=self.announced.append)
        async with AgentSession[Any](
            llm=self.model, vad=None, turn_handling={"turn_detection": None}
        ) as session:
            await session.start(agent)
            await session.wait_for_idle()
            yield session


async def test_it_greets_at_once() -> None:
    house = House()

    async with house.session() as session:
        assert [message.text_content for message in session.history.messages()] == [prompts.GREETING]


async def test_asking_for_a_person_sends_the_request_and_says_honestly_what_happened() -> None:
    house = House(ASK, says("I have asked a colleague to join."))

    async with house.session() as session:
        result: RunResult[None] = await session.run(user_input="I want to talk to a person")

    result.expect.contains_function_call(name="transfer_to_human_agent")
    output = result.expect.contains_function_call_output(is_error=False).event().item.output
    assert output.startswith("As of 23:14:05 UTC 2 people were told, nobody has promised to come.")
    result.expect.contains_message(role="assistant")
    _, request = house.api.opened[0]
    assert (request.reason, request.summary) == ("caller_request", "wants a person")
    assert [(line.role, line.text) for line in request.transcript] == [
        ("agent", prompts.GREETING),
        ("caller", "I want to talk to a person"),
    ]
    assert house.announced == []


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (escalation(people_told=1), "one person was told"),
        (escalation(status="claimed", name="Maria"), "Maria has taken the request"),
        (escalation(status="unanswered", people_told=0), "nobody is free and the request is closed"),
    ],
)
async def test_the_model_is_told_how_the_request_stands_at_that_time(answer: Any, expected: str) -> None:
    house = House(ASK, says("as it is"))
    house.api.answer = answer

    async with house.session() as session:
        result: RunResult[None] = await session.run(user_input="a person please")

    output = result.expect.contains_function_call_output().event().item.output
    assert output.startswith("As of 23:14:05 UTC")
    assert expected in output


async def test_the_caller_is_told_how_long_it_usually_takes_where_that_is_known() -> None:
    house = House(ASK, says("as it is"))
    house.api.usually = 95.0

    async with house.session() as session:
        result: RunResult[None] = await session.run(user_input="a person please")

    output = result.expect.contains_function_call_output().event().item.output
    assert "That usually takes about two minutes." in output


OUTCOMES = [name for name in vars(prompts) if name.startswith("OUTCOME_")]


@pytest.mark.parametrize("name", OUTCOMES)
def test_every_outcome_holds_a_few_words_that_can_be_spoken_as_they_are(name: str) -> None:
    outcome = getattr(prompts, name)

    quoted = re.search(r'^As of \{time\} UTC [^"]+\. Tell the caller: "([^"]+[.?])" and [a-z ]+\.$', outcome)

    assert quoted
    assert len(quoted.group(1).split()) <= 20


@pytest.mark.parametrize("refused", [False, True])
async def test_when_the_api_does_not_take_it_the_model_is_told_and_goes_on(*, refused: bool) -> None:
    house = House(ASK, says("I cannot reach a colleague."))
    house.api.is_down()
    if refused:
        house.api.failure = ApiRefusedError(status=403, error="ForbiddenError")

    async with house.session() as session:
        result: RunResult[None] = await session.run(user_input="a person please")

    output = result.expect.contains_function_call_output(is_error=True).event().item.output
    assert "cannot be reached" in output
    result.expect.contains_message(role="assistant")


async def test_changing_ones_mind_withdraws_the_request() -> None:
    house = House(ASK, says("asked"), WITHDRAW, says("withdrawn"), WITHDRAW, says("nothing to do"))

    async with house.session() as session:
        await session.run(user_input="a person please")
        withdrawn: RunResult[None] = await session.run(user_input="never mind")
        again: RunResult[None] = await session.run(user_input="never mind")

    assert house.api.cancelled == [("esc_1", "caller_changed_mind")]
    first = withdrawn.expect.contains_function_call_output().event().item.output
    second = again.expect.contains_function_call_output().event().item.output
    assert "no human agent is expected any more" in first
    assert "no human agent had been asked" in second


async def test_a_request_that_cannot_be_withdrawn_may_still_bring_somebody() -> None:
    house = House(ASK, says("asked"), WITHDRAW, says("not withdrawn"))

    async with house.session() as session:
        await session.run(user_input="a person please")
        house.api.is_down()
        result: RunResult[None] = await session.run(user_input="never mind")

    output = result.expect.contains_function_call_output(is_error=True).event().item.output
    assert "somebody may still join" in output


class Interrupted(HandoffAgent):
    """Somebody talks over the AI before its tool begins, which is when the framework drops the reply."""

    @function_tool()
    async def transfer_to_human_agent(  # type: ignore[override]
        self, context: RunContext[None], reason: Reason, summary: str, language: str | None = None
    ) -> str:
        """Ask for a human."""
        context.speech_handle.interrupt()
        return await HandoffAgent.transfer_to_human_agent(self, context, reason, summary, language)


@pytest.mark.parametrize(
    ("arrange", "announced"),
    [
        (FakeApi.is_up, prompts.ASKED),
        (lambda api: setattr(api, "answer", escalation(status="unanswered")), prompts.NOBODY_FREE),
        (FakeApi.is_down, prompts.NOT_REACHED),
    ],
)
async def test_a_caller_who_talks_over_it_hears_what_happens_all_the_same(
    arrange: Callable[[FakeApi], None], announced: str
) -> None:
    house = House(ASK)
    arrange(house.api)
    agent = Interrupted(transfer=house.transfer, announce=house.announced.append)

    async with AgentSession[Any](
        llm=house.model, vad=None, turn_handling={"turn_detection": None}
    ) as session:
        await session.start(agent)
        await session.run(user_input="a person please")

    assert house.announced == [announced]


async def test_the_caller_cannot_cut_off_the_answer_to_their_own_request() -> None:
    house = House(ASK, says("I have asked a colleague to join."))
    house.api.gate = asyncio.Event()

    async with house.session() as session:
        running: RunResult[None] = session.run(user_input="a person please")
        await house.api.asked.wait()
        with pytest.raises(RuntimeError):
            session.interrupt()
        house.api.gate.set()
        result = await running

    result.expect.contains_message(role="assistant")


def test_the_local_turn_detector_is_used_on_every_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIVEKIT_DEV_MODE", "1")

    assert inference.TurnDetector(version="v1-mini").model == "turn-detector-v1-mini"
