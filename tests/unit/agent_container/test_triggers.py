"""What calls a person without the model: a key, a circle, a promise that nothing stands behind."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from livekit import rtc
from livekit.agents import AgentSession

from agent_container import prompts
from agent_container.agent import HandoffAgent
from agent_container.transfer import Call, Transfer
from agent_container.triggers import Triggers
from tests.unit.agent_container.fakes import (
    FakeApi,
    FakeParticipant,
    FakeRoom,
    ScriptedLLM,
    Turn,
    calls,
    escalation,
    says,
)

CALL = Call(room="room-1", room_sid="RM_1", caller_identity="caller-1", agent_identity="agent-AJ_1")
ASK = calls("transfer_to_human_agent", '{"reason": "caller_request", "summary": "wants a person"}')
PROMISE = says("Of course, I will connect you with a colleague.")


class House:
    def __init__(self, *turns: Turn) -> None:
        self.api, self.room, self.model = FakeApi(), FakeRoom(), ScriptedLLM(*turns)
        self.transfer = Transfer(api=self.api, call=CALL)
        self.announced: list[str] = []

    @property
    def reasons(self) -> list[str]:
        return [request.reason for _, request in self.api.opened]

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AgentSession[Any]]:
        async with AgentSession[Any](
            llm=self.model, vad=None, turn_handling={"turn_detection": None}
        ) as session:
            Triggers(
                room=self.room.as_room,
                session=session,
                transfer=self.transfer,
                announce=self.announced.append,
                caller_identity="caller-1",
                failed_turns=2,
            )
            await session.start(HandoffAgent(transfer=self.transfer, announce=self.announced.append))
            yield session

    def press(self, digit: str, *, who: str | None = "caller-1") -> None:
        participant: Any = FakeParticipant(identity=who) if who else None
        self.room.emit("sip_dtmf_received", rtc.SipDTMF(code=0, digit=digit, participant=participant))


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 (watches the world from outside)
            await asyncio.sleep(0.002)


async def test_a_promise_is_kept_also_when_the_model_forgot_its_tool() -> None:
    house = House(PROMISE)

    async with house.session() as session:
        await session.run(user_input="a person please")
        await until(lambda: house.announced)

    assert house.reasons == ["caller_request"]
    assert house.announced == [prompts.ASKED]
    assert house.api.opened[0][1].summary == prompts.PROMISE_SUMMARY


async def test_a_promise_that_the_tool_stands_behind_is_kept_once() -> None:
    house = House(ASK, says("I have asked a colleague to join us."), PROMISE)

    async with house.session() as session:
        await session.run(user_input="a person please")
        await session.run(user_input="and now?")
        await asyncio.sleep(0.05)

    assert house.reasons == ["caller_request"]
    assert house.announced == []


async def test_when_the_promise_cannot_be_kept_the_caller_is_told() -> None:
    house = House(PROMISE)
    house.api.answer = escalation(status="unanswered", people_told=0)

    async with house.session() as session:
        await session.run(user_input="a person please")
        await until(lambda: house.announced)

    assert house.announced == [prompts.NOBODY_FREE]


async def test_our_own_words_are_no_promise_of_the_models() -> None:
    house = House()

    async with house.session() as session:
        await session.say(prompts.ASKED)
        await asyncio.sleep(0.05)

    assert house.reasons == []


async def test_the_key_for_a_person_needs_no_model() -> None:
    house = House()

    async with house.session():
        house.press("0")
        await until(lambda: house.announced)

    assert house.reasons == ["caller_request"]
    assert house.announced == [prompts.ASKED]


@pytest.mark.parametrize(("digit", "who"), [("5", "caller-1"), ("0", "human-agent-maria-1"), ("0", None)])
async def test_other_keys_and_other_peoples_keys_call_nobody(digit: str, who: str | None) -> None:
    house = House()

    async with house.session():
        house.press(digit, who=who)
        await asyncio.sleep(0.05)

    assert house.reasons == []


async def test_pressing_it_again_says_how_things_stand() -> None:
    house = House()

    async with house.session():
        house.press("0")
        await until(lambda: house.announced)
        house.api.answer = escalation(status="claimed", name="Maria")
        house.press("0")
        await until(lambda: len(house.announced) == 2)

    assert house.announced[-1] == prompts.CLAIMED.format(name="Maria")
    assert len(house.api.opened) == 1


async def test_without_an_api_the_key_is_answered_honestly() -> None:
    house = House()
    house.api.is_down()

    async with house.session():
        house.press("0")
        await until(lambda: house.announced)

    assert house.announced == [prompts.NOT_REACHED]


async def test_turns_that_get_nowhere_call_a_person() -> None:
    puzzled = says("I am sorry, I did not understand that.")
    house = House(puzzled, puzzled, puzzled)

    async with house.session() as session:
        for text in ("where is my parcel", "the one of Tuesday", "the brown one"):
            await session.run(user_input=text)
        await until(lambda: house.announced)

    assert house.reasons == ["repeated_failure"]
