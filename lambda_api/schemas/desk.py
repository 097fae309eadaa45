"""The desk on the wire: signing in, one's own state, and what is going on without a word about callers."""

from typing import Annotated, Literal, Self

from pydantic import Field

from lambda_api.escalations.desk import Board
from lambda_api.escalations.figures import Count, Figures, waited_s
from lambda_api.escalations.models import HumanAgent, Reason, Status
from lambda_api.escalations.outlines import Outline
from lambda_api.schemas.fields import Answer, Line, Strict, TimeOut
from lambda_api.schemas.join_pages import TakenOut
from lambda_api.schemas.outcome import EtaOut

Presence = Literal["available", "away"]


class SignInIn(Strict):
    """A phone number, an e-mail address or an id of the roster."""

    who: Annotated[Line, Field(min_length=1, max_length=254, examples=["maria"])]


class NothingOut(Answer):
    """That it was heard, and nothing else."""


class MeIn(Strict):
    """Whether one is to be told of callers."""

    state: Presence


class MeOut(Answer):
    """Who is signed in."""

    id: str
    name: str
    state: Presence

    @classmethod
    def of(cls, person: HumanAgent) -> Self:
        return cls(id=person.id, name=person.name, state="away" if person.away_since else "available")


class LinkOut(Answer):
    """One's own way to a call."""

    url: str


class WaitingOut(Answer):
    """Somebody waits, perhaps for a person who is on the way already."""

    escalation_id: str
    reason: Reason
    team: str | None
    language: str | None
    waiting_since: TimeOut
    taken: TakenOut | None
    eta: EtaOut | None

    @classmethod
    def of(cls, one: Outline) -> Self:
        claim = one.claim
        return cls(
            escalation_id=one.id,
            reason=one.reason,
            team=one.team,
            language=one.language,
            waiting_since=one.created_at,
            taken=TakenOut(name=claim.name, since=claim.claimed_at) if claim else None,
            eta=EtaOut.of(one.eta) if one.eta else None,
        )


class InCallOut(Answer):
    """A person talks with a caller."""

    escalation_id: str
    name: str
    since: TimeOut | None
    mine: bool

    @classmethod
    def of(cls, one: Outline, me: HumanAgent) -> Self:
        claim = one.claim
        return cls(
            escalation_id=one.id,
            name=claim.name if claim else "",
            since=claim.heard_at if claim else None,
            mine=claim is not None and claim.human_agent_id == me.id,
        )


class EndedTodayOut(Answer):
    """What became of a call."""

    reason: Reason
    status: Status
    ended_at: TimeOut | None
    waited_s: float

    @classmethod
    def of(cls, one: Outline) -> Self:
        return cls(
            reason=one.reason, status=one.status, ended_at=one.ended_at, waited_s=round(waited_s(one), 1)
        )


class HourOut(Answer):
    """One hour of today, by when the callers asked."""

    hour: int
    answered: int
    unanswered: int
    abandoned: int
    median_answer_s: float | None

    @classmethod
    def of(cls, hour: int, count: Count) -> Self:
        return cls(
            hour=hour,
            answered=count.answered,
            unanswered=count.unanswered,
            abandoned=count.abandoned,
            median_answer_s=count.median_answer_s,
        )


class NumbersOut(Answer):
    """Today, in the person's own time zone."""

    answered: int
    unanswered: int
    abandoned: int
    median_answer_s: float | None
    by_hour: list[HourOut]

    @classmethod
    def of(cls, figures: Figures) -> Self:
        day = figures.day
        return cls(
            answered=day.answered,
            unanswered=day.unanswered,
            abandoned=day.abandoned,
            median_answer_s=day.median_answer_s,
            by_hour=[HourOut.of(hour, count) for hour, count in enumerate(figures.by_hour)],
        )


class DeskOut(Answer):
    """Everything that the desk shows."""

    me: MeOut
    now: TimeOut
    waiting: list[WaitingOut]
    in_call: list[InCallOut]
    ended_today: list[EndedTodayOut]
    numbers: NumbersOut

    @classmethod
    def of(cls, board: Board, me: HumanAgent) -> Self:
        return cls(
            me=MeOut.of(me),
            now=board.now,
            waiting=[WaitingOut.of(one) for one in board.waiting],
            in_call=[InCallOut.of(one, me) for one in board.in_call],
            ended_today=[EndedTodayOut.of(one) for one in board.ended],
            numbers=NumbersOut.of(board.figures),
        )
