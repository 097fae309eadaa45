"""Reads LiveKit's webhook JSON into the domain's event; zero values are left out on the wire."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from lambda_api.escalations.rooms import EventKind, ParticipantKind, RoomEvent

_KINDS = {"": ParticipantKind.STANDARD, "STANDARD": ParticipantKind.STANDARD, "AGENT": ParticipantKind.AGENT}

# No name of ours is longer; a key of the table has two thousand bytes at most, four of them a character.
_LONGEST = 400


def room_event(event: Mapping[str, Any]) -> RoomEvent | None:
    """None for what is not ours: another kind, or names that no call of ours has and no row could hold."""
    known = event["event"] in frozenset(EventKind)
    read = _read(event) if known else None
    return read if read and _is_storable(read) else None


def _is_storable(event: RoomEvent) -> bool:
    texts = (event.id, event.room, event.room_sid, event.identity, event.sid)
    # "ignore" leaves out the lone surrogates that JSON can say and UTF-8 cannot.
    return all(len(text) <= _LONGEST and text == text.encode(errors="ignore").decode() for text in texts)


def _read(event: Mapping[str, Any]) -> RoomEvent:
    room, participant = event.get("room", {}), event.get("participant", {})
    return RoomEvent(
        id=_text(event, "id"),
        kind=EventKind(event["event"]),
        room=_text(room, "name"),
        room_sid=_text(room, "sid"),
        room_created_at=_time(room, "creationTime"),
        identity=_text(participant, "identity"),
        sid=_text(participant, "sid"),
        participant_kind=_KINDS.get(_text(participant, "kind"), ParticipantKind.OTHER),
        joined_at=_time(participant, "joinedAt"),
        disconnect_reason=_text(participant, "disconnectReason"),
        audio_heard=any(map(_heard, [*participant.get("tracks", []), event.get("track")])),
    )


def _text(source: Mapping[str, Any], name: str) -> str:
    value = source.get(name, "")
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def _time(source: Mapping[str, Any], name: str) -> datetime | None:
    milliseconds = int(source.get(f"{name}Ms", 0)) or int(source.get(name, 0)) * 1000
    return datetime.fromtimestamp(milliseconds / 1000, UTC) if milliseconds else None


def _heard(track: Mapping[str, Any] | None) -> bool:
    # AUDIO is the enum's zero, hence what an absent type means.
    return track is not None and track.get("type", "AUDIO") == "AUDIO" and not track.get("muted", False)
