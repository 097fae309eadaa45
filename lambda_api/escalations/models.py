"""The nouns of the domain: the escalation with its claim and timeline; the people have their own module."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from msgspec import Struct

from lambda_api.escalations.outcome import Callback as Callback
from lambda_api.escalations.outcome import Disposition as Disposition
from lambda_api.escalations.outcome import Eta as Eta
from lambda_api.escalations.people import Delivery as Delivery
from lambda_api.escalations.people import EmailStatus as EmailStatus
from lambda_api.escalations.people import HumanAgent as HumanAgent
from lambda_api.escalations.people import LastTest as LastTest
from lambda_api.escalations.people import Shift as Shift
from lambda_api.escalations.people import WorkingHours as WorkingHours

HUMAN_PREFIX: Final = "human-agent-"
AGENT_PREFIX: Final = "agent-"
CALLER_PREFIX: Final = "caller-"
OBSERVER_PREFIX: Final = "observer-"
CALLER_LEFT: Final = "caller_left"  # the end of a row that leaves nobody behind
SIP_HUMAN: Final = "human-agent-sip"  # livekit-agents' own warm transfer uses it; it is not ours to remove


class Status(StrEnum):
    REQUESTED = "requested"
    NOTIFIED = "notified"
    CLAIMED = "claimed"
    CONNECTED = "connected"
    COMPLETED = "completed"
    HANDED_BACK = "handed_back"
    CANCELLED = "cancelled"
    UNANSWERED = "unanswered"
    FAILED = "failed"


OPEN_STATUSES: Final = (Status.REQUESTED, Status.NOTIFIED, Status.CLAIMED, Status.CONNECTED)


class Reason(StrEnum):
    CALLER_REQUEST = "caller_request"
    REPEATED_FAILURE = "repeated_failure"
    EMERGENCY = "emergency"
    FRUSTRATION = "frustration"
    HUMAN_ONLY_TOPIC = "human_only_topic"
    AI_FAILURE = "ai_failure"
    DIRECT_JOIN = "direct_join"
    OTHER = "other"


class LinkKind(StrEnum):
    CLAIM = "claim"
    SEAT = "seat"


class Role(StrEnum):
    CALLER = "caller"
    HUMAN_AGENT = "human_agent"
    OBSERVER = "observer"


class Entry(Struct, frozen=True, kw_only=True):
    """One line of the timeline; every state change writes exactly one."""

    at: datetime
    actor: str
    change: str
    cause: str
    reason: str = ""


class Claim(Struct, frozen=True, kw_only=True):
    """A person has taken the call; `earlier` are the identities minted for them before the current one."""

    identity: str
    human_agent_id: str
    name: str
    browser: str | None  # hash of the winner's cookie; none until a browser presses
    claimed_at: datetime
    number: int
    there_at: datetime | None = None
    heard_at: datetime | None = None
    sid: str = ""
    joined_at: datetime | None = None
    earlier: tuple[str, ...] = ()

    def holds(self, identity: str) -> bool:
        return identity == self.identity or identity in self.earlier


class Told(Struct, frozen=True, kw_only=True):
    """A person who was told in a round of notifications."""

    human_agent_id: str
    tier: int
    round: int


class Escalation(Struct, frozen=True, kw_only=True):
    """The stored request for a human: the row that decides."""

    id: str
    room: str
    room_sid: str
    status: Status
    reason: Reason
    created_at: datetime
    caller_identity: str
    agent_identity: str = ""
    team: str | None = None
    language: str | None = None
    epoch: int = 1
    version: int = 1
    tier: int = 0
    round: int = 0
    told: tuple[Told, ...] = ()
    answer_by: datetime | None = None
    eta: Eta | None = None
    declined: tuple[str, ...] = ()  # human agent ids
    claim: Claim | None = None
    claims: int = 0
    dismiss_at: datetime | None = None  # from when on a look may dismiss an agent that stayed
    dismissed_at: datetime | None = None
    dropped_at: datetime | None = None  # since when a human who was heard is missing
    recalled_at: datetime | None = None
    tool_called_at: datetime | None = None
    ai_left_at: datetime | None = None
    ended_at: datetime | None = None
    end_reason: str = ""
    disposition: Disposition | None = None
    callback: Callback | None = None
    erased_at: datetime | None = None
    trace: str = ""  # W3C's traceparent of the request that opened it
    timeline: tuple[Entry, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES

    @property
    def had_company(self) -> bool:
        """A caller on another system's hold never had anybody of ours, and is none of ours to talk to."""
        spoke = self.status in (Status.COMPLETED, Status.HANDED_BACK)
        return bool(self.agent_identity) or spoke or self.reason is Reason.DIRECT_JOIN

    @property
    def people_told(self) -> int:
        return len({one.human_agent_id for one in self.told})
