"""What the plain app takes, with the bounds that the product sets."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=r"^[^\x00-\x1f\x7f-\x9f]+$")]
Prose = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")]
Reason = Literal[
    "caller_request", "repeated_failure", "emergency", "frustration", "human_only_topic", "other"
]
Disposition = Literal["resolved", "follow_up", "no_caller", "other"]
Row = dict[str, Any]


class Strict(BaseModel):
    """An input that refuses what it does not know."""

    model_config = ConfigDict(extra="forbid")


class Turn(Strict):
    """One thing said."""

    role: Literal["caller", "agent"]
    text: Annotated[Prose, Field(max_length=1000)]


class EscalationIn(Strict):
    """A caller needs a person."""

    room: Text
    room_sid: Text | None = None
    caller_identity: Text
    agent_identity: Text | None = None
    reason: Reason
    summary: Prose = ""
    team: Text | None = None
    language: Text | None = None
    transcript: Annotated[list[Turn], Field(max_length=100)] = []


class CompleteIn(Strict):
    """The call is done."""

    disposition: Disposition
    notes: Prose = ""


class PersonIn(Strict):
    """Somebody who can be called in."""

    name: Text
    phone: Annotated[str, StringConstraints(pattern=r"^\+[1-9][0-9]{6,14}$")]


class EntryOut(BaseModel):
    """One line of the timeline."""

    at: datetime
    actor: str
    change: str
    cause: str
    reason: str = ""


class ClaimOut(BaseModel):
    """Who has taken the call."""

    identity: str
    name: str
    claimed_at: datetime
    there_at: datetime | None = None
    heard_at: datetime | None = None


class EscalationOut(BaseModel):
    """The row, without what was said in the call."""

    id: str
    room: str
    status: str
    reason: str
    created_at: datetime
    caller_identity: str
    team: str | None = None
    language: str | None = None
    claim: ClaimOut | None = None
    ended_at: datetime | None = None
    end_reason: str = ""
    disposition: str | None = None
    timeline: list[EntryOut]


class ClaimedOut(BaseModel):
    """What the page that was pressed needs to join."""

    livekit_url: str
    token: str
    room: str
    identity: str
    name: str
    escalation_id: str


class CompletedOut(BaseModel):
    """What was stored."""

    status: str
    disposition: str | None
