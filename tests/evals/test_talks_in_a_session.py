"""The talks held by the real agent in a real session: what it does is checked, what it says is scripted."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from livekit.agents import AgentSession, RunResult
from livekit.agents.llm import ChatMessage, FunctionCall, FunctionCallOutput

from agent_container.agent import HandoffAgent
from agent_container.escalation import Line
from agent_container.transfer import Call, Transfer
from tests.evals import material
from tests.evals.history import GREETING, TOOLS
from tests.evals.material import AgentTurn, CallerTurn, Talk, Then
from tests.unit.agent_container.fakes import FakeApi, ScriptedLLM, Turn, calls, says

CALL = Call(room="room-1", room_sid="RM_1", caller_identity="caller-1", agent_identity="agent-AJ_1")
TALKS = [talk for split in material.SPLITS for talk in material.talks(split)]
SUMMARY = "What the caller needs."
LAST_WORDS = "I am here."
EVENTS: dict[Then, list[type]] = {
    "nothing": [ChatMessage],
    "person": [FunctionCall, FunctionCallOutput, ChatMessage],
    "withdraw": [FunctionCall, FunctionCallOutput, ChatMessage],
}


def name_of(talk: Talk) -> str:
    return f"{talk.language} {talk.kind}: {talk.asked()[0].text[:30]}"


def arguments(then: Then, language: str) -> dict[str, str]:
    if then == "withdraw":
        return {}
    return {"reason": "caller_request", "summary": SUMMARY, "language": language}


def script(talk: Talk) -> Iterator[Turn]:
    """What the model answers: the right tool where one is due, then the talk's own next words."""
    for number, turn in enumerate(talk.turns):
        if isinstance(turn, AgentTurn):
            continue
        for tool in (name for name, effect in TOOLS.items() if effect == turn.then):
            yield calls(tool, json.dumps(arguments(turn.then, talk.language)))
        following = talk.turns[number + 1 : number + 2]
        yield says(following[0].text if following else LAST_WORDS)


@asynccontextmanager
async def held(talk: Talk, api: FakeApi) -> AsyncIterator[AgentSession[Any]]:
    agent = HandoffAgent(
        transfer=Transfer(api=api, call=CALL), announce=pytest.fail, opening=talk.turns[0].text
    )
    async with AgentSession[Any](
        llm=ScriptedLLM(*script(talk)), vad=None, turn_handling={"turn_detection": None}
    ) as session:
        await session.start(agent)
        await session.wait_for_idle()
        yield session


def heard_until(talk: Talk, turn: CallerTurn) -> tuple[Line, ...]:
    until = talk.turns[: talk.turns.index(turn) + 1]
    return tuple(
        Line(role="agent" if isinstance(said, AgentTurn) else "caller", text=said.text) for said in until
    )


@pytest.mark.parametrize("talk", TALKS, ids=name_of)
async def test_every_turn_is_answered_once_and_by_the_right_tool(talk: Talk) -> None:
    async with held(talk, FakeApi()) as session:
        for turn in talk.asked():
            done: RunResult[None] = await session.run(user_input=turn.text)
            items = [event.item for event in done.events]

            assert [type(item) for item in items] == EVENTS[turn.then]
            called = [item for item in items if isinstance(item, FunctionCall)]
            assert [TOOLS[call.name] for call in called] == [turn.then] * len(called)
            assert [json.loads(call.arguments) for call in called] == [
                arguments(turn.then, talk.language) for _ in called
            ]
            assert not any(item.is_error for item in items if isinstance(item, FunctionCallOutput))


@pytest.mark.parametrize("talk", TALKS, ids=name_of)
async def test_people_are_asked_with_all_that_was_said_and_called_off_when_not_wanted(talk: Talk) -> None:
    api = FakeApi()

    async with held(talk, api) as session:
        for turn in talk.asked():
            await session.run(user_input=turn.text)

    wishes = [turn for turn in talk.asked() if turn.then == "person"]
    requests = [request for _, request in api.opened]
    assert [request.transcript for request in requests] == [heard_until(talk, turn) for turn in wishes]
    assert {(one.reason, one.summary, one.language) for one in requests} == {
        ("caller_request", SUMMARY, talk.language) for _ in wishes
    }
    assert len({key for key, _ in api.opened}) == len(wishes)
    assert len(api.cancelled) == [turn.then for turn in talk.asked()].count("withdraw")


async def test_a_wish_repeated_while_somebody_is_asked_for_opens_no_second_request() -> None:
    twice = Talk(
        kind="twice",
        language="en",
        turns=(
            AgentTurn(GREETING),
            CallerTurn("A person, would you.", "person"),
            AgentTurn("I have asked."),
            CallerTurn("Where is that person now?", "person"),
        ),
    )
    api = FakeApi()

    async with held(twice, api) as session:
        for turn in twice.asked():
            await session.run(user_input=turn.text)

    assert len(api.opened) == 1
