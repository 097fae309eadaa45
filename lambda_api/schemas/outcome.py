"""What people say about an escalation beside claiming it, on the wire."""

from typing import Annotated, Self

from pydantic import Field

from lambda_api.escalations.models import Callback, Eta
from lambda_api.escalations.records import Wish
from lambda_api.schemas.fields import Answer, Line, Phone, Prose, Strict, TimeOut


class EtaOut(Answer):
    """Who is on their way; zero minutes is no promise of when."""

    name: str
    minutes: int
    at: TimeOut

    @classmethod
    def of(cls, eta: Eta) -> Self:
        return cls(name=eta.name, minutes=eta.minutes, at=eta.at)


class CallbackIn(Strict):
    """The caller wants to be called back; the number is what it takes."""

    name: Annotated[Line, Field(max_length=80, examples=["Ada"])]
    phone: Phone
    when: Annotated[Line, Field(max_length=120, examples=["tomorrow morning"])]

    def to_domain(self) -> Wish:
        return Wish(name=self.name, phone=self.phone, when=self.when)


class CallbackCompleteIn(Strict):
    """The caller was called back."""

    notes: Annotated[Prose, Field(max_length=2000)] = ""


class CallbackOut(Answer):
    """Whom to call back; empty when that is kept no longer."""

    name: str
    phone: str
    when: str
    asked_at: TimeOut
    completed_at: TimeOut | None

    @classmethod
    def of(cls, callback: Callback, wish: Wish | None) -> Self:
        return cls(
            name=wish.name if wish else "",
            phone=wish.phone if wish else "",
            when=wish.when if wish else "",
            asked_at=callback.asked_at,
            completed_at=callback.completed_at,
        )
