"""What people say about an escalation beside claiming it: when they come, what became of it, whom to call."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Disposition(StrEnum):
    RESOLVED = "resolved"
    FOLLOW_UP = "follow_up"
    NO_CALLER = "no_caller"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Eta:
    """Somebody who was told is on their way; until then the ladder waits for them."""

    human_agent_id: str
    name: str
    minutes: int
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """The caller wants to be called; whom and when is kept with what was said."""

    asked_at: datetime
    completed_at: datetime | None = None
