"""Escalations on the wire."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, WithJsonSchema

from lambda_api.escalations.models import Claim, Disposition, Entry, Escalation, Reason, Status
from lambda_api.escalations.opening import Request
from lambda_api.escalations.records import Wish, Words
from lambda_api.schemas.fields import (
    Answer,
    Identity,
    Label,
    Line,
    Maybe,
    Prose,
    Room,
    Strict,
    TimeIn,
    TimeOut,
)
from lambda_api.schemas.outcome import CallbackOut, EtaOut


def _asked(reason: Reason) -> Reason:
    if reason is Reason.DIRECT_JOIN:
        raise ValueError("is said of a person who came without having been asked for")
    return reason


Asked = Annotated[
    Reason,
    AfterValidator(_asked),
    WithJsonSchema(
        {"type": "string", "enum": [one.value for one in Reason if one is not Reason.DIRECT_JOIN]}
    ),
]


class Turn(Strict):
    """One thing said."""

    role: Literal["caller", "agent"]
    text: Annotated[Prose, Field(max_length=1000)]


class EscalationIn(Strict):
    """A caller needs a person."""

    room: Room
    room_sid: Annotated[Line, Field(max_length=64)] | None = None
    caller_identity: Maybe | None = None
    agent_identity: Maybe | None = None
    reason: Asked
    summary: Annotated[Prose, Field(max_length=2000)] | None = None
    team: Label | None = None
    language: Label | None = None
    transcript: Annotated[tuple[Turn, ...], Field(max_length=100)] = ()
    tool_called_at: TimeIn | None = None

    def to_domain(self) -> Request:
        turns = tuple((turn.role, turn.text) for turn in self.transcript)
        return Request(
            room=self.room,
            room_sid=self.room_sid or "",
            caller_identity=self.caller_identity or "",
            agent_identity=self.agent_identity or "",
            reason=self.reason,
            team=self.team,
            language=self.language,
            words=Words(summary=self.summary or "", transcript=turns),
            tool_called_at=self.tool_called_at,
        )


class AiLeftIn(Strict):
    """The agent says that it has left, or is about to."""

    agent_identity: Identity
    human_identity: Maybe | None = None
    cause: Literal["room", "server", "shutdown"]


class CancelIn(Strict):
    """Nobody is needed any more."""

    cause: Literal["caller_changed_mind", "caller_left", "operator"]


class ListQuery(Strict):
    """Which escalations to list."""

    status: Status | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 20
    cursor: Annotated[Line, Field(max_length=1024)] | None = None


class EntryOut(Answer):
    """One line of the timeline."""

    at: TimeOut
    actor: str
    change: str
    cause: str
    reason: str

    @classmethod
    def of(cls, entry: Entry) -> Self:
        return cls(
            at=entry.at, actor=entry.actor, change=entry.change, cause=entry.cause, reason=entry.reason
        )


class ClaimOut(Answer):
    """Who has taken the call."""

    identity: str
    name: str
    claimed_at: TimeOut
    there_at: TimeOut | None
    heard_at: TimeOut | None

    @classmethod
    def of(cls, claim: Claim) -> Self:
        return cls(
            identity=claim.identity,
            name=claim.name,
            claimed_at=claim.claimed_at,
            there_at=claim.there_at,
            heard_at=claim.heard_at,
        )


class EscalationOut(Answer):
    """The row, without what was said in the call."""

    id: str
    room: str
    status: Status
    reason: Reason
    created_at: TimeOut
    team: str | None
    language: str | None
    caller_identity: str
    epoch: int
    tool_called_at: TimeOut | None
    people_told: int
    claim: ClaimOut | None
    ai_left_at: TimeOut | None
    ended_at: TimeOut | None
    end_reason: str
    disposition: Disposition | None
    eta: EtaOut | None
    callback: CallbackOut | None
    timeline: list[EntryOut]

    @classmethod
    def of(cls, row: Escalation, wish: Wish | None) -> Self:
        return cls(
            id=row.id,
            room=row.room,
            status=row.status,
            reason=row.reason,
            created_at=row.created_at,
            team=row.team,
            language=row.language,
            caller_identity=row.caller_identity,
            epoch=row.epoch,
            tool_called_at=row.tool_called_at,
            people_told=row.people_told,
            claim=ClaimOut.of(row.claim) if row.claim else None,
            ai_left_at=row.ai_left_at,
            ended_at=row.ended_at,
            end_reason=row.end_reason,
            disposition=row.disposition,
            eta=EtaOut.of(row.eta) if row.eta else None,
            callback=CallbackOut.of(row.callback, wish) if row.callback else None,
            timeline=[EntryOut.of(entry) for entry in row.timeline],
        )


class WholeEscalationOut(EscalationOut):
    """The row, with what the human agents noted as long as that is kept."""

    notes: str

    @classmethod
    def with_notes(cls, row: EscalationOut, notes: str) -> Self:
        return cls(**dict(row), notes=notes)


class EscalationPage(Answer):
    """Newest first."""

    items: list[EscalationOut]
    next_cursor: str | None
