"""One AI gives the call to another in the middle of it: at a pause, silently, and never to nobody."""

import asyncio
from typing import cast

import pytest
from livekit import rtc

from agent_container.baton import received
from agent_container.confirmation import Confirmation
from agent_container.errors import StillHelpingError
from agent_container.escalation import Line
from agent_container.exit_latch import ExitLatch
from agent_container.phase import Phase
from agent_container.relief import COMES_WITHIN, KNOWN_WITHIN, METHOD, PAUSE_WITHIN, Relief
from agent_container.takeover import take_over
from tests.unit.agent_container.clock import jumping_clock
from tests.unit.agent_container.fakes import (
    MARIA,
    FakeClaims,
    FakeDeparture,
    FakeParticipant,
    FakePresence,
    FakePublication,
    FakeRoom,
    FakeSession,
    FakeVoice,
    another_ai,
    speaking,
)

SUCCESSOR = "agent-AJ_2"


class Stage:
    """A call in which the AI before is asked to make room."""

    def __init__(self) -> None:
        self.room = FakeRoom(another_ai(SUCCESSOR, came=1), FakeParticipant(identity="caller-1"))
        self.room.local_participant.track_publications["TR_1"] = FakePublication()
        self.session, self.voice, self.presence = FakeSession(), FakeVoice(), FakePresence()
        self.latch = ExitLatch(
            presence=self.presence,
            voice=self.voice,
            confirmation=Confirmation(claims=FakeClaims(), presence=self.presence),
            departure=FakeDeparture(),
            farewell=False,
        )
        self.hung_up = asyncio.Event()
        Relief(
            room=self.room.as_room,
            session=self.session.as_session,
            latch=self.latch,
            hang_up=self.hung_up.set,
            agent_name="handoff-agent",
        ).offer()

    async def ask(self, by: str = SUCCESSOR) -> tuple[Line, ...]:
        give = self.room.local_participant.methods[METHOD]
        request = rtc.RpcInvocationData(request_id="1", caller_identity=by, payload="", response_timeout=9)
        return received(await give(request))

    def is_heard(self, identity: str = SUCCESSOR, kind: int = rtc.TrackKind.KIND_AUDIO) -> None:
        participant = self.room.remote_participants[identity]
        self.room.emit("track_published", FakePublication(kind=kind), participant)


@jumping_clock
async def test_the_words_are_given_in_silence_and_the_ai_leaves_when_the_other_can_be_heard() -> None:
    stage = Stage()
    stage.session.history.add_message(role="user", content="When are you open?")

    lines = await stage.ask()
    assert lines == (Line(role="caller", text="When are you open?"),)
    assert stage.voice.is_silent()
    assert not stage.hung_up.is_set()
    stage.is_heard()
    await stage.hung_up.wait()

    assert stage.room.local_participant.unpublished == ["TR_1"]
    await asyncio.sleep(COMES_WITHIN * 2)
    assert stage.latch.phase is Phase.ASIDE


@jumping_clock
async def test_an_ai_that_does_not_come_leaves_the_call_to_the_one_that_is_there() -> None:
    stage = Stage()
    await stage.ask()
    stage.is_heard("caller-1")
    stage.is_heard(kind=rtc.TrackKind.KIND_VIDEO)

    await asyncio.sleep(COMES_WITHIN - 0.1)
    assert stage.voice.is_silent()
    await asyncio.sleep(0.2)

    assert not stage.voice.is_silent()
    assert stage.latch.phase is Phase.HELPING
    assert await stage.ask() == ()


@jumping_clock
async def test_an_ai_that_comes_late_has_the_call_all_the_same() -> None:
    stage = Stage()
    await stage.ask()
    await asyncio.sleep(COMES_WITHIN + 0.1)
    assert not stage.voice.is_silent()

    stage.is_heard()
    await asyncio.sleep(0.1)

    assert stage.hung_up.is_set()


@jumping_clock
async def test_an_ai_may_ask_before_the_room_tells_of_it() -> None:
    """LiveKit tells of somebody who publishes nothing only every three seconds."""
    stage = Stage()
    successor = stage.room.remote_participants.pop(SUCCESSOR)
    asking = asyncio.create_task(stage.ask())

    await asyncio.sleep(KNOWN_WITHIN - 0.1)
    assert not stage.voice.is_silent()
    stage.room.joins(successor)

    assert await asking == ()
    assert stage.voice.is_silent()


@jumping_clock
async def test_an_ai_that_goes_again_is_not_waited_for() -> None:
    stage = Stage()
    await stage.ask()

    stage.room.leaves(stage.room.remote_participants[SUCCESSOR])

    assert not stage.voice.is_silent()
    assert not stage.hung_up.is_set()


@jumping_clock
async def test_a_human_who_is_heard_meanwhile_gets_the_call_when_the_other_ai_does_not_come() -> None:
    stage = Stage()
    await stage.ask()
    stage.presence.heard.add(MARIA)
    stage.latch.heard(MARIA, way="room")
    before = stage.latch.phase
    await asyncio.sleep(COMES_WITHIN + 0.1)

    assert [before, stage.latch.phase] == [Phase.ASIDE, Phase.GONE]


@jumping_clock
async def test_nobody_is_cut_off() -> None:
    stage = Stage()
    stage.session.pause.clear()
    asking = asyncio.create_task(stage.ask())

    await asyncio.sleep(PAUSE_WITHIN - 0.1)
    assert not stage.voice.is_silent()
    stage.session.pause.set()

    assert await asking == ()
    assert stage.voice.is_silent()


@jumping_clock
async def test_a_talk_without_a_pause_is_not_waited_for_for_ever() -> None:
    stage = Stage()
    stage.session.pause.clear()

    await stage.ask()

    assert asyncio.get_running_loop().time() == pytest.approx(PAUSE_WITHIN)


@pytest.mark.parametrize("stranger", ["caller-1", "agent-AJ_9"])
@jumping_clock
async def test_only_an_ai_of_ours_learns_what_was_said(stranger: str) -> None:
    stage = Stage()

    with pytest.raises(rtc.RpcError):
        await stage.ask(by=stranger)

    assert not stage.voice.is_silent()


async def test_while_a_human_takes_over_no_other_ai_does() -> None:
    stage = Stage()
    stage.presence.heard.add(MARIA)
    stage.latch.heard(MARIA, way="room")

    with pytest.raises(rtc.RpcError):
        await stage.ask()


async def test_the_new_ai_learns_what_was_said() -> None:
    room = FakeRoom(another_ai())
    room.local_participant.answer = '[{"role": "caller", "text": "Hello."}]'

    assert await take_over(room.as_room, "agent-AJ_0") == (Line(role="caller", text="Hello."),)
    assert room.local_participant.asked == [("agent-AJ_0", METHOD)]


async def test_an_ai_that_has_gone_cannot_be_asked() -> None:
    room = FakeRoom(speaking("caller-1"))

    assert await take_over(room.as_room, "agent-AJ_0") is None


async def test_an_ai_that_goes_while_it_is_asked_is_no_reason_to_leave() -> None:
    room, before = FakeRoom(), another_ai()
    room.joins(before)
    room.local_participant.answer = rtc.RpcError(1503, "gone")
    room.local_participant.on_asked = lambda: room.leaves(before)

    assert await take_over(room.as_room, "agent-AJ_0") is None


async def test_where_the_ai_before_stays_the_new_one_does_not() -> None:
    room = FakeRoom(another_ai())
    room.local_participant.answer = rtc.RpcError(2, "a human is about to take over")

    with pytest.raises(StillHelpingError):
        await take_over(cast(rtc.Room, room), "agent-AJ_0")
