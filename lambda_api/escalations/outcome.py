"""What people say about an escalation beside claiming it: when they come, what became of it, whom to call."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class Disposition(StrEnum):
    RESOLVED = "resolved"
    FOLLOW_UP = "follow_up"
    NO_CALLER = "no_caller"
    OTHER = "other"


class Eta(Struct, frozen=True, kw_only=True):
    """Somebody who was told is on their way; until then the ladder waits for them."""

    human_agent_id: str
    name: str
    minutes: int
    at: datetime
    until: datetime


class Callback(Struct, frozen=True, kw_only=True):
    """The caller wants to be called; whom and when is kept with what was said."""

    asked_at: datetime
    completed_at: datetime | None = None
