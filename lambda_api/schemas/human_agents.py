"""The roster on the wire."""

from datetime import time
from typing import Annotated, Literal, Self

from pydantic import Field

from lambda_api.escalations.models import Delivery, EmailStatus, HumanAgent, LastTest, Shift, WorkingHours
from lambda_api.schemas.fields import Answer, Label, Line, Name, Phone, Strict, TimeOut

ClockTime = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["09:00"])]
Labels = Annotated[tuple[Label, ...], Field(max_length=20)]
Email = Annotated[Line, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]


class WorkingDay(Strict):
    """From when to when, local time; an end before the start is on the next day."""

    day: Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    start: Annotated[ClockTime, Field(alias="from")]
    end: Annotated[ClockTime, Field(alias="to")]

    @classmethod
    def of(cls, shift: Shift) -> Self:
        day = {"day": shift.day, "from": f"{shift.start:%H:%M}", "to": f"{shift.end:%H:%M}"}
        return cls.model_validate(day)

    def to_domain(self) -> Shift:
        return Shift(day=self.day, start=time.fromisoformat(self.start), end=time.fromisoformat(self.end))


class Hours(Strict):
    """When somebody may be called in."""

    time_zone: Annotated[Line, Field(min_length=1, max_length=64, examples=["Europe/Berlin"])]
    days: Annotated[list[WorkingDay], Field(max_length=28)]

    @classmethod
    def of(cls, hours: WorkingHours) -> Self:
        return cls(time_zone=hours.time_zone, days=[WorkingDay.of(shift) for shift in hours.days])

    def to_domain(self) -> WorkingHours:
        return WorkingHours(time_zone=self.time_zone, days=tuple(day.to_domain() for day in self.days))


class HumanAgentIn(Strict):
    """A person who can be called in; no teams or languages means every one, no hours means always."""

    name: Name
    tier: Annotated[int, Field(ge=1, le=9)] = 1
    teams: Labels = ()
    languages: Labels = ()
    phone: Phone | None = None
    email: Email | None = None
    hours: Hours | None = None

    def to_domain(self, human_agent_id: str) -> HumanAgent:
        return HumanAgent(
            id=human_agent_id,
            name=self.name,
            tier=self.tier,
            teams=self.teams,
            languages=self.languages,
            phone=self.phone,
            email=self.email,
            hours=self.hours.to_domain() if self.hours else None,
        )


class LastTestOut(Answer):
    """The last message that only tried whether they can be reached."""

    at: TimeOut
    sms: Delivery
    email: Delivery

    @classmethod
    def of(cls, tested: LastTest) -> Self:
        return cls(at=tested.at, sms=tested.sms, email=tested.email)


class HumanAgentOut(Answer):
    """The person, whether their e-mail address is confirmed, since when they are away, and the last test."""

    id: str
    name: str
    tier: int
    teams: list[str]
    languages: list[str]
    phone: str | None
    email: str | None
    email_status: EmailStatus
    hours: Hours | None
    away_since: TimeOut | None
    last_test: LastTestOut | None
    reached_at: TimeOut | None

    @classmethod
    def of(cls, person: HumanAgent) -> Self:
        return cls(
            id=person.id,
            name=person.name,
            tier=person.tier,
            teams=list(person.teams),
            languages=list(person.languages),
            phone=person.phone,
            email=person.email,
            email_status=person.email_status,
            hours=Hours.of(person.hours) if person.hours else None,
            away_since=person.away_since,
            last_test=LastTestOut.of(person.tested) if person.tested else None,
            reached_at=person.reached_at,
        )


class HumanAgentList(Answer):
    """Everybody on the roster."""

    items: list[HumanAgentOut]
