"""The watch over the AI, tied to its session's own events."""

import asyncio
from types import SimpleNamespace

import pytest
from livekit.agents import CloseEvent, CloseReason

from agent_container.lifeline import Lifeline
from agent_container.transfer import Call, Transfer
from agent_container.vigil import Patience
from agent_container.voice import SessionVoice
from tests.unit.agent_container.clock import jumping_clock
from tests.unit.agent_container.fakes import FakeApi, FakeClips, FakeSession, FakeSpeech

CALL = Call(room="room-1", room_sid="RM_1", caller_identity="caller-1", agent_identity="agent-AJ_1")


class House:
    def __init__(self) -> None:
        self.api, self.clips, self.session = FakeApi(), FakeClips(), FakeSession()
        self.lifeline = Lifeline(
            session=self.session.as_session,
            voice=SessionVoice(self.session.as_session),
            clips=self.clips,
            transfer=Transfer(api=self.api, call=CALL),
            may_speak=lambda: True,
            patience=Patience(moment=0.02, give_up=0.06),
        )

    def error(self, *, recoverable: bool) -> None:
        error = SimpleNamespace(type="llm_error", recoverable=recoverable)
        self.session.emit("error", SimpleNamespace(error=error))


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr("agent_container.lifeline.LOOK_EVERY", 0.01)
    return House()


async def test_an_error_that_nothing_recovers_from_calls_a_person(house: House) -> None:
    house.error(recoverable=True)
    assert house.clips.played == []

    house.error(recoverable=False)
    await asyncio.wait_for(house.api.asked.wait(), 5)

    assert house.clips.played == ["trouble"]
    house.lifeline.cut()


@pytest.mark.parametrize("owing", ["a speech", "a thought"])
async def test_an_ai_that_owes_an_answer_for_too_long_has_failed(house: House, owing: str) -> None:
    if owing == "a speech":
        house.session.current_speech = FakeSpeech()
    else:
        house.session.agent_state = "thinking"

    house.lifeline.hold()
    await asyncio.wait_for(house.api.asked.wait(), 5)

    assert "trouble" in house.clips.played
    house.lifeline.cut()


@jumping_clock
async def test_nothing_is_owed_while_a_human_has_the_floor(house: House) -> None:
    house.session.agent_state = "thinking"
    house.session.output.set_audio_enabled(False)

    house.lifeline.hold()
    await asyncio.sleep(0.15)

    assert house.clips.played == []
    house.lifeline.cut()


async def test_a_caller_whom_nobody_understands_twice_gets_a_person(house: House) -> None:
    house.session.emit("user_transcription_timeout", None)
    house.session.emit("user_input_transcribed", None)
    house.session.emit("user_transcription_timeout", None)
    assert house.clips.played == ["moment", "moment"]

    house.session.emit("user_transcription_timeout", None)
    await asyncio.wait_for(house.api.asked.wait(), 5)

    assert house.clips.played[-1] == "trouble"
    house.lifeline.cut()


@jumping_clock
async def test_the_watch_ends_with_the_session(house: House) -> None:
    house.session.agent_state = "thinking"
    house.lifeline.hold()

    house.session.emit("close", CloseEvent(reason=CloseReason.USER_INITIATED))
    await asyncio.sleep(0.1)

    assert house.clips.played == []
