"""What is read from a genuine webhook, and what becomes of the values that LiveKit leaves out."""

from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec import ValidationError

from lambda_api.auth.room_events import room_event
from lambda_api.escalations.rooms import EventKind, ParticipantKind, RoomEvent

JOINED = "participant_joined"


def read(participant: dict[str, Any], **more: Any) -> RoomEvent:
    event = room_event({"event": JOINED, "id": "EV_1", "participant": participant, **more})
    assert event
    return event


def test_the_end_of_a_room_is_about_nobody_in_it() -> None:
    event = room_event({"event": "room_finished", "id": "EV_1", "room": {"name": "r", "sid": "RM_1"}})

    assert event == RoomEvent(id="EV_1", kind=EventKind.ROOM_FINISHED, room="r", room_sid="RM_1")


def test_a_kind_that_nobody_needs_is_not_even_read() -> None:
    assert room_event({"event": "egress_started", "id": 7}) is None


def test_what_is_left_out_is_read_as_nothing() -> None:
    assert room_event({"event": JOINED}) == RoomEvent(id="", kind=EventKind.PARTICIPANT_JOINED, room="")


@pytest.mark.parametrize(
    ("told", "at"),
    [
        ({"joinedAt": "1795563121"}, datetime(2026, 11, 24, 23, 32, 1, tzinfo=UTC)),
        ({"joinedAt": "1795563121", "joinedAtMs": "0"}, datetime(2026, 11, 24, 23, 32, 1, tzinfo=UTC)),
        ({"joinedAtMs": "1795563121015"}, datetime(2026, 11, 24, 23, 32, 1, 15_000, tzinfo=UTC)),
        ({}, None),
    ],
    ids=["in seconds", "no milliseconds", "in milliseconds", "never"],
)
def test_the_time_of_joining_is_as_exact_as_livekit_tells_it(
    told: dict[str, str], at: datetime | None
) -> None:
    assert read(told).joined_at == at


def test_the_time_of_a_rooms_making_is_read_likewise() -> None:
    room = {"name": "r", "creationTime": "1795563100", "creationTimeMs": "1795563100015"}

    assert read({}, room=room).room_created_at == datetime(2026, 11, 24, 23, 31, 40, 15_000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({}, ParticipantKind.STANDARD),
        ({"kind": "STANDARD"}, ParticipantKind.STANDARD),
        ({"kind": "AGENT"}, ParticipantKind.AGENT),
        ({"kind": "EGRESS"}, ParticipantKind.OTHER),
        ({"kind": 99}, ParticipantKind.OTHER),
    ],
)
def test_whoever_is_neither_a_person_nor_an_agent_is_something_else(
    told: dict[str, str], kind: ParticipantKind
) -> None:
    assert read(told).participant_kind is kind


def test_a_value_that_has_no_name_yet_is_told_as_a_number() -> None:
    tracks = [{"sid": "TR_1", "type": 7, "source": 99}]
    event = read({"state": 9, "disconnectReason": 99, "tracks": tracks})

    assert event.disconnect_reason == "99"
    assert not event.audio_heard


@pytest.mark.parametrize("field", ["id", "name", "sid", "identity", "participant sid"])
@pytest.mark.parametrize(("length", "stored"), [(400, True), (401, False)])
def test_a_name_may_be_as_long_as_a_key_of_the_table_can_hold(
    field: str, length: int, *, stored: bool
) -> None:
    name = "\N{GRINNING FACE}" * length
    room, participant = {"name": "r", "sid": "RM_1"}, {"identity": "i", "sid": "PA_1"}
    told: dict[str, Any] = {"event": JOINED, "id": "EV_1", "room": room, "participant": participant}
    into = {"id": told, "name": room, "sid": room}.get(field, participant)
    into[field.removeprefix("participant ")] = name

    assert (room_event(told) is not None) is stored


def test_a_lone_surrogate_is_no_reason_to_stumble() -> None:
    assert room_event({"event": JOINED, "participant": {"identity": "human-agent-\ud800"}}) is None


@pytest.mark.parametrize(
    "told",
    [
        {"state": "1"},
        {"kind": "4"},
        {"disconnectReason": "3"},
        {"tracks": [{"type": "0"}]},
        {"tracks": [{"source": "2"}]},
    ],
)
def test_a_number_where_a_name_belongs_is_not_read(told: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        read(told)


@pytest.mark.parametrize("at", ["1_000", "+5", " 5", "", -1, 10**15])
def test_a_time_that_no_clock_of_livekits_tells_is_not_read(at: int | str) -> None:
    with pytest.raises(ValidationError):
        read({}, createdAt=at)
