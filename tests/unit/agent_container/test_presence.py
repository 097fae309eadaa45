"""Who can be heard in a room."""

import pytest
from livekit import rtc

from agent_container.presence import RoomPresence
from tests.unit.agent_container.fakes import MARIA, FakeParticipant, FakePublication, FakeRoom, speaking


def presence(*participants: FakeParticipant) -> RoomPresence:
    return RoomPresence(FakeRoom(*participants).as_room)


def test_an_open_microphone_can_be_heard() -> None:
    assert presence(speaking(MARIA)).is_heard(MARIA)
    assert presence(speaking(MARIA)).heard_humans() == (MARIA,)


@pytest.mark.parametrize(
    "publication",
    [
        FakePublication(muted=True),
        FakePublication(subscribed=False),
        FakePublication(kind=rtc.TrackKind.KIND_VIDEO),
    ],
)
def test_anything_else_cannot(publication: FakePublication) -> None:
    human = FakeParticipant(identity=MARIA, track_publications={"TR_1": publication})

    assert not presence(human).is_heard(MARIA)
    assert presence(human).heard_humans() == ()


def test_who_is_not_in_the_room_cannot_be_heard_and_has_no_seat() -> None:
    assert not presence().is_heard(MARIA)
    assert not presence().has_seat(MARIA)
    assert presence().name_of(MARIA) == "a colleague"


def test_only_active_human_agents_count() -> None:
    joined = speaking("human-agent-jonas-1")
    joined.state = rtc.ParticipantState.PARTICIPANT_STATE_JOINED

    assert presence(speaking(MARIA), joined, speaking("caller-1")).humans() == (MARIA,)


def test_the_seat_and_the_name_come_from_the_token() -> None:
    human = FakeParticipant(identity=MARIA, name="Maria", attributes={"handoff.seat": "seat-1"})

    assert presence(human).has_seat(MARIA)
    assert presence(human).name_of(MARIA) == "Maria"
