"""The people who can be called in: who they are, when they work and how they are reached."""

from datetime import datetime, time
from enum import StrEnum

from msgspec import Struct


class EmailStatus(StrEnum):
    NONE = "none"
    PENDING = "pending"
    CONFIRMED = "confirmed"


class Delivery(StrEnum):
    """What became of a message to a person by one channel."""

    NONE = "none"  # they have no such channel
    SENT = "sent"  # the provider took it
    FAILED = "failed"
    CAPPED = "capped"  # the hour's SMS are used up
    UNCONFIRMED = "unconfirmed"  # they have not confirmed their address (any more)
    OPTED_OUT = "opted_out"  # they have told the provider to stop


class LastTest(Struct, frozen=True, kw_only=True):
    """The last message that only tried whether a person can be reached."""

    at: datetime
    sms: Delivery
    email: Delivery


class Shift(Struct, frozen=True, kw_only=True):
    """One working day's span in local wall time; an end not after the start is on the next day."""

    day: str  # mon … sun
    start: time
    end: time


class WorkingHours(Struct, frozen=True, kw_only=True):
    time_zone: str
    days: tuple[Shift, ...]


class HumanAgent(Struct, frozen=True, kw_only=True):
    id: str
    name: str
    tier: int = 1
    teams: tuple[str, ...] = ()  # none = every team
    languages: tuple[str, ...] = ()  # none = every language
    hours: WorkingHours | None = None  # none = always
    phone: str | None = None
    email: str | None = None
    email_status: EmailStatus = EmailStatus.NONE
    away_since: datetime | None = None  # they said so at the desk; nobody tells them until they are back
    tested: LastTest | None = None
    reached_at: datetime | None = None  # the last time that such a message was taken
    subscription: str = ""  # the notifier's handle of the e-mail subscription, never shown
