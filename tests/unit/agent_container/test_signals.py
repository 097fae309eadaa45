"""The two ways in which the worker learns of a human."""

import asyncio
import json
from typing import Any

import pytest
from livekit import rtc

from agent_container.confirmation import Confirmation
from agent_container.exit_latch import ExitLatch
from agent_container.phase import Phase
from agent_container.presence import RoomPresence
from agent_container.signals import RoomSignals, ServerSignals
from agent_container.transfer import Call, Transfer
from tests.unit.agent_container.clock import jumping_clock
from tests.unit.agent_container.fakes import (
    MARIA,
    FakeApi,
    FakeClaims,
    FakeDeparture,
    FakeParticipant,
    FakeRoom,
    FakeVoice,
    escalation,
    packet_of,
    speaking,
)

CALL = Call(room="room-1", room_sid="RM_1", caller_identity="caller-1", agent_identity="agent-AJ_1")


class House:
    def __init__(self, *present: FakeParticipant, ways: tuple[str, ...] = ("room", "server")) -> None:
        self.room = FakeRoom(*present)
        self.voice = FakeVoice()
        self.claims = FakeClaims()
        self.departure = FakeDeparture()
        presence = RoomPresence(self.room.as_room)
        confirmation = Confirmation(claims=self.claims, presence=presence)
        self.latch = ExitLatch(
            presence=presence,
            voice=self.voice,
            confirmation=confirmation,
            departure=self.departure,
            farewell=False,
        )
        self.transfer = Transfer(api=FakeApi(), call=CALL)
        RoomSignals(room=self.room.as_room, presence=presence, latch=self.latch, arrivals="room" in ways)
        self.server = ServerSignals(
            latch=self.latch, confirmation=confirmation, transfer=self.transfer, arrivals="server" in ways
        )
        self.room.on("data_received", self.server.on_data)

    def phase(self) -> Phase:
        return self.latch.phase

    def nudge(self, *, participant: object = None, topic: str = "handoff", **content: Any) -> None:
        self.receives(json.dumps(content).encode(), participant=participant, topic=topic)

    def receives(self, data: bytes, *, participant: object = None, topic: str = "handoff") -> None:
        self.room.emit("data_received", packet_of(data, participant=participant, topic=topic))


@jumping_clock
async def test_a_human_on_the_way_in_is_looked_up_and_the_caller_is_not() -> None:
    house = House()

    house.room.joins(FakeParticipant(identity="caller-1"))
    house.room.joins(FakeParticipant(identity=MARIA))
    await asyncio.sleep(0.01)

    assert house.claims.asked == [MARIA]
    assert not house.voice.is_silent()


@jumping_clock
async def test_a_subscribed_microphone_makes_the_ai_leave() -> None:
    house = House()
    human = speaking(MARIA)
    house.room.joins(human)

    house.room.emit("track_subscribed", None, human.track_publications["TR_1"], human)
    assert house.voice.is_silent()
    await asyncio.sleep(0.01)

    assert house.departure.left == [(MARIA, "room")]


@jumping_clock
async def test_an_active_human_with_a_muted_microphone_pauses_the_ai_until_it_is_opened() -> None:
    house = House()
    human = speaking(MARIA, muted=True)
    house.room.joins(human)
    house.room.emit("participant_active", human)
    assert house.phase() is Phase.PAUSED

    human.track_publications["TR_1"].muted = False
    house.room.emit("track_unmuted", human, human.track_publications["TR_1"])
    await asyncio.sleep(0.01)

    assert house.departure.left == [(MARIA, "room")]


@jumping_clock
async def test_the_callers_own_microphone_means_nothing() -> None:
    house = House()
    caller = speaking("caller-1")
    house.room.joins(caller)

    house.room.emit("track_subscribed", None, caller.track_publications["TR_1"], caller)
    house.room.emit("track_unmuted", caller, caller.track_publications["TR_1"])
    house.room.emit("participant_active", caller)

    assert house.phase() is Phase.HELPING


@pytest.mark.parametrize("event", ["track_muted", "track_unpublished"])
@jumping_clock
async def test_a_microphone_that_closes_again_stops_the_leaving(event: str) -> None:
    house = House(speaking(MARIA))
    human = house.room.remote_participants[MARIA]
    assert house.phase() is Phase.LEAVING

    publication = human.track_publications.pop("TR_1")
    house.room.emit(event, *((human, publication) if event == "track_muted" else (publication, human)))

    assert house.phase() is Phase.PAUSED


@jumping_clock
async def test_a_human_who_leaves_gives_the_ai_its_voice_back_but_a_second_window_does_not() -> None:
    house = House(speaking(MARIA))
    human = house.room.remote_participants[MARIA]

    house.room.leaves(human, rtc.DisconnectReason.DUPLICATE_IDENTITY)
    assert house.voice.is_silent()
    house.room.leaves(human, rtc.DisconnectReason.CLIENT_INITIATED)

    assert not house.voice.is_silent()


@jumping_clock
async def test_with_the_way_through_the_room_cut_only_the_server_counts() -> None:
    house = House(ways=("server",))
    human = speaking(MARIA)
    house.room.joins(human)
    house.room.emit("participant_active", human)
    house.room.emit("track_subscribed", None, human.track_publications["TR_1"], human)
    assert house.phase() is Phase.HELPING

    house.nudge(type="human_there", identity=MARIA, escalation_id="esc_1", name="Maria")
    await asyncio.sleep(0.01)

    assert house.departure.left == [(MARIA, "server")]


@jumping_clock
async def test_the_servers_word_that_the_human_is_heard_needs_nothing_from_the_room() -> None:
    house = House(ways=("server",))

    house.nudge(type="human_heard", identity=MARIA, escalation_id=None)
    await asyncio.sleep(0.01)

    assert house.departure.left == [(MARIA, "server")]


@jumping_clock
async def test_the_servers_word_is_late_when_the_room_shows_a_microphone_that_is_off() -> None:
    human = speaking(MARIA, muted=True)
    house = House(human)
    await asyncio.sleep(3.1)

    house.nudge(type="human_heard", identity=MARIA, escalation_id=None)
    await asyncio.sleep(0.1)

    assert house.departure.left == []
    assert house.phase() is Phase.HELPING


@jumping_clock
async def test_with_the_way_through_the_server_cut_it_is_ignored() -> None:
    house = House(ways=("room",))

    house.nudge(type="human_heard", identity=MARIA)

    assert house.phase() is Phase.HELPING


@pytest.mark.parametrize(
    "change", [{"participant": object()}, {"topic": "chat"}, {"identity": "caller-1"}, {"type": "dance"}]
)
@jumping_clock
async def test_only_a_servers_message_about_a_human_agent_counts(change: dict[str, Any]) -> None:
    house = House()

    house.nudge(**({"type": "human_heard", "identity": MARIA} | change))

    assert house.phase() is Phase.HELPING


@pytest.mark.parametrize("data", [b"\xff", b"{", b"[]", b"{}", b'{"type": "eta", "minutes": "soon"}'])
@jumping_clock
async def test_an_unreadable_message_does_no_harm(data: bytes) -> None:
    house = House()

    house.receives(data)

    assert house.phase() is Phase.HELPING
    assert house.voice.said == []


@pytest.mark.parametrize(
    ("nudge", "said"),
    [
        ({"type": "claimed"}, "Maria has taken your request and is about to join."),
        (
            {"type": "released"},
            "Maria could not join after all. I am still here, and others have been asked again.",
        ),
        ({"type": "eta", "minutes": 12}, "Maria will be with you in about 12 minutes."),
        ({"type": "eta", "minutes": 2}, "Maria will be with you in about two minutes."),
        ({"type": "eta", "minutes": 1}, "Maria will be with you in about one minute."),
        ({"type": "eta", "minutes": 0}, "Maria is on their way."),
        ({"type": "declined"}, "Maria cannot join. I am still here while others are asked."),
        (
            {"type": "unanswered"},
            "I am sorry, nobody is free right now. Would you like a colleague to call you back?",
        ),
        ({"type": "cancelled"}, "The request for a colleague was withdrawn. I am still here with you."),
    ],
)
@jumping_clock
async def test_news_of_the_open_request_is_told_to_the_caller(nudge: dict[str, Any], said: str) -> None:
    house = House()
    house.transfer.adopt(escalation())

    house.nudge(escalation_id="esc_1", identity=MARIA, name="Maria", **nudge)

    assert house.voice.said == [said]


@jumping_clock
async def test_a_claim_without_an_identity_is_told_all_the_same() -> None:
    house = House()
    house.transfer.adopt(escalation())

    house.nudge(type="claimed", escalation_id="esc_1")
    await asyncio.sleep(0.01)

    assert house.voice.said == ["a colleague has taken your request and is about to join."]
    assert house.claims.asked == []


@jumping_clock
async def test_news_of_another_request_is_old_news() -> None:
    house = House()
    house.transfer.adopt(escalation())

    house.nudge(type="unanswered", escalation_id="esc_0")

    assert house.voice.said == []
    assert house.transfer.escalation_id == "esc_1"


@jumping_clock
async def test_an_unanswered_request_is_over() -> None:
    house = House()
    house.transfer.adopt(escalation())

    house.nudge(type="unanswered", escalation_id="esc_1")

    assert house.transfer.escalation_id is None


@jumping_clock
async def test_a_call_that_a_person_has_ended_needs_no_words() -> None:
    house = House()
    house.transfer.adopt(escalation())

    house.server.over("esc_1", "completed")

    assert (house.voice.said, house.transfer.escalation_id) == ([], None)
