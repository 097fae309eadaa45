"""What people say about an escalation beside claiming it, on the wire."""

from typing import Annotated, Self

from pydantic import Field

from lambda_api.escalations.models import Callback, Eta
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


class CallbackCompleteIn(Strict):
    """The caller was called back."""

    notes: Annotated[Prose, Field(max_length=2000)] = ""


class CallbackOut(Answer):
    """Whom to call back, as long as that is kept."""

    name: str
    phone: str
    when: str
    asked_at: TimeOut
    completed_at: TimeOut | None

    @classmethod
    def of(cls, callback: Callback) -> Self:
        return cls(
            name=callback.name,
            phone=callback.phone,
            when=callback.when,
            asked_at=callback.asked_at,
            completed_at=callback.completed_at,
        )
