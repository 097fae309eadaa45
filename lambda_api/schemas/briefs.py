"""The brief on the wire: what the AI writes, and what the person reads who took the call."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from lambda_api.escalations.briefing import Shown
from lambda_api.escalations.briefs import Brief, Line, LineKind
from lambda_api.schemas.escalations import Turn
from lambda_api.schemas.fields import Answer, Label, Prose, Strict, TimeOut

TurnNumber = Annotated[int, Field(ge=1, le=10_000)]


class LineIn(Strict):
    """One thing to know, and the turns of the transcript that it comes from, counted from one."""

    kind: LineKind
    text: Annotated[Prose, Field(min_length=1, max_length=300)]
    turns: Annotated[tuple[TurnNumber, ...], Field(max_length=10)] = ()


class BriefIn(Strict):
    """Replaces the one before; turns that the transcript does not have are left out."""

    summary: Annotated[Prose, Field(max_length=2000)]
    lines: Annotated[tuple[LineIn, ...], Field(max_length=20)] = ()
    transcript: Annotated[tuple[Turn, ...], Field(max_length=200)] = ()
    language: Label | None = None
    mood: Label | None = None

    def to_domain(self, at: datetime) -> Brief:
        return Brief(
            summary=self.summary,
            transcript=tuple((turn.role, turn.text) for turn in self.transcript),
            refreshed_at=at,
            lines=tuple(Line(kind=one.kind, text=one.text, turns=one.turns) for one in self.lines),
            language=self.language,
            mood=self.mood,
        )


class BriefCallerOut(Answer):
    """Who is on the line, as far as anybody said."""

    name: str | None
    phone: str | None
    identity: str


class LineOut(Answer):
    """One thing to know."""

    kind: LineKind
    text: str
    turns: list[int]


class NumberedTurnOut(Answer):
    """One thing that was said, and its number."""

    turn: int
    role: str
    text: str


class BriefOut(Answer):
    """For the holder of the seat only."""

    caller: BriefCallerOut
    summary: str
    lines: list[LineOut]
    transcript: list[NumberedTurnOut]
    language: str | None
    mood: str | None
    refreshed_at: TimeOut

    @classmethod
    def of(cls, shown: Shown) -> Self:
        caller, brief = shown.caller, shown.brief
        turns = enumerate(brief.transcript, 1)
        return cls(
            caller=BriefCallerOut(name=caller.name, phone=caller.phone, identity=caller.identity),
            summary=brief.summary,
            lines=[LineOut(kind=one.kind, text=one.text, turns=list(one.turns)) for one in brief.lines],
            transcript=[NumberedTurnOut(turn=number, role=role, text=text) for number, (role, text) in turns],
            language=brief.language,
            mood=brief.mood,
            refreshed_at=brief.refreshed_at,
        )
