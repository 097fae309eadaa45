"""Reads LiveKit's webhook JSON into the domain's event; zero values are left out on the wire."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from msgspec import Struct, convert, field

from lambda_api.escalations.rooms import EventKind, ParticipantKind, RoomEvent

_KINDS: Final[dict[int | str, ParticipantKind]] = {
    "": ParticipantKind.STANDARD,
    "STANDARD": ParticipantKind.STANDARD,
    "AGENT": ParticipantKind.AGENT,
}

# No name of ours is longer; a key of the table has two thousand bytes at most, four of them a character.
_LONGEST = 400

_LARGEST = 10**15
_NO_LETTERS = "+-0123456789"
_HALF = 2**31


class _Track(Struct, rename="camel"):
    sid: str = ""
    type: int | str = "AUDIO"  # the enum's zero, hence what an absent one means
    source: int | str = ""
    muted: bool = False

    def __post_init__(self) -> None:
        _check_names(self.type, self.source)


class _Participant(Struct, rename="camel"):
    sid: str = ""
    identity: str = ""
    state: int | str = ""
    kind: int | str = ""
    joined_at: int | str = 0
    joined_at_ms: int | str = 0
    disconnect_reason: int | str = ""
    tracks: tuple[_Track, ...] = ()

    def __post_init__(self) -> None:
        _check_names(self.state, self.kind, self.disconnect_reason)


class _Room(Struct, rename="camel"):
    sid: str = ""
    name: str = ""
    creation_time: int | str = 0
    creation_time_ms: int | str = 0


class _Webhook(Struct, rename="camel"):
    """As LiveKit writes it: one that its own receiver could not read is not acted on in part either."""

    event: EventKind
    id: str = ""
    created_at: int | str = 0
    room: _Room = field(default_factory=_Room)
    participant: _Participant = field(default_factory=_Participant)
    track: _Track | None = None

    def __post_init__(self) -> None:
        _whole(self.created_at)


def _check_names(*names: int | str) -> None:
    """Of an enum's values; one that has no name yet is a number of 32 bits, and never a text of digits."""
    for name in names:
        if not (-_HALF <= name < _HALF if isinstance(name, int) else name[:1] not in _NO_LETTERS or not name):
            raise ValueError("no value of an enum")


def _whole(told: int | str) -> int:
    """Of numbers LiveKit writes texts of digits."""
    number = int(told) if isinstance(told, int) or told.isdecimal() else -1
    if not 0 <= number < _LARGEST:
        raise ValueError("no time of anything")
    return number


def room_event(event: Mapping[str, Any]) -> RoomEvent | None:
    """None for what is not ours: another kind, or names that no call of ours has and no row could hold."""
    known = event["event"] in frozenset(EventKind)
    read = _read(convert(event, _Webhook)) if known else None
    return read if read and _is_storable(read) else None


def _is_storable(event: RoomEvent) -> bool:
    texts = (event.id, event.room, event.room_sid, event.identity, event.sid)
    # "ignore" leaves out the lone surrogates that JSON can say and UTF-8 cannot.
    return all(len(text) <= _LONGEST and text == text.encode(errors="ignore").decode() for text in texts)


def _read(told: _Webhook) -> RoomEvent:
    room, one = told.room, told.participant
    return RoomEvent(
        id=told.id,
        kind=told.event,
        room=room.name,
        room_sid=room.sid,
        room_created_at=_time(room.creation_time, room.creation_time_ms),
        identity=one.identity,
        sid=one.sid,
        participant_kind=_KINDS.get(one.kind, ParticipantKind.OTHER),
        joined_at=_time(one.joined_at, one.joined_at_ms),
        disconnect_reason=str(one.disconnect_reason),
        audio_heard=any(map(_is_heard, one.tracks)) or (told.track is not None and _is_heard(told.track)),
    )


def _time(seconds: int | str, milliseconds: int | str) -> datetime | None:
    whole, exact = _whole(seconds), _whole(milliseconds)
    return datetime.fromtimestamp((exact or whole * 1000) / 1000, UTC) if exact or whole else None


def _is_heard(track: _Track) -> bool:
    return track.type == "AUDIO" and not track.muted
