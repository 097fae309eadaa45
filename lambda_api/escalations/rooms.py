"""What a room tells: LiveKit's own list of participants and its webhook events, in the domain's words."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class EventKind(StrEnum):
    PARTICIPANT_JOINED = "participant_joined"
    PARTICIPANT_LEFT = "participant_left"
    TRACK_PUBLISHED = "track_published"
    CONNECTION_ABORTED = "participant_connection_aborted"
    ROOM_FINISHED = "room_finished"


class ParticipantKind(StrEnum):
    STANDARD = "standard"
    AGENT = "agent"
    OTHER = "other"


class Participant(Struct, frozen=True, kw_only=True):
    """Someone in the room; `active` = media is up, `audio_heard` = publishes audio that is not muted."""

    identity: str
    sid: str
    kind: ParticipantKind = ParticipantKind.STANDARD
    active: bool = True
    joined_at: datetime | None = None
    audio_heard: bool = False
    name: str = ""
    phone: str = ""  # of who came by telephone
    behalf_of: str = ""  # an avatar's agent, in whose place it speaks


class RoomEvent(Struct, frozen=True, kw_only=True):
    """A verified webhook event; `disconnect_reason` is LiveKit's enum name, e.g. CLIENT_INITIATED."""

    id: str
    kind: EventKind
    room: str
    room_sid: str = ""
    room_created_at: datetime | None = None
    identity: str = ""
    sid: str = ""
    participant_kind: ParticipantKind = ParticipantKind.STANDARD
    joined_at: datetime | None = None
    disconnect_reason: str = ""
    audio_heard: bool = False
