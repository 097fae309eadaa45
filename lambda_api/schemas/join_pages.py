"""What the page of a link knows before and after the press, on the wire."""

from datetime import datetime
from typing import Literal, Self

from lambda_api.escalations.claiming import Ended, View
from lambda_api.escalations.models import LinkKind, Reason, Role, Status
from lambda_api.schemas.fields import Answer, TimeOut
from lambda_api.schemas.outcome import EtaOut

State = Literal["waiting", "taken", "yours", "ended"]


class YouOut(Answer):
    """Whose link it is."""

    name: str


class TakenOut(Answer):
    """Who has the call, and since when."""

    name: str
    since: TimeOut | None


class EndedOut(Answer):
    """What happened, for a person to read; the reason is for a page in another language."""

    words: str
    reason: str
    at: TimeOut | None
    status: Status | None

    @classmethod
    def of(cls, ended: Ended) -> Self:
        return cls(words=ended.words, reason=ended.reason, at=ended.at, status=ended.status)


class LookOut(Answer):
    """Where a link leads; nothing about the caller."""

    state: State
    kind: LinkKind
    role: Role
    reason: Reason | None
    team: str | None
    language: str | None
    waiting_since: TimeOut | None
    now: TimeOut
    you: YouOut
    taken: TakenOut | None
    eta: EtaOut | None
    declined: bool
    ended: EndedOut | None

    @classmethod
    def of(cls, view: View, *, now: datetime) -> Self:
        return cls(
            state=_state(view),
            kind=view.kind,
            role=view.role,
            reason=view.reason,
            team=view.team,
            language=view.language,
            waiting_since=view.waiting_since,
            now=now,
            you=YouOut(name=view.name),
            taken=TakenOut(name=view.taken_by, since=view.taken_at) if view.taken_by else None,
            eta=EtaOut.of(view.eta) if view.eta else None,
            declined=view.declined,
            ended=EndedOut.of(view.ended) if view.ended else None,
        )


def _state(view: View) -> State:
    if view.ended:
        return "ended"
    if view.yours:
        return "yours"
    return "taken" if view.taken_by else "waiting"
