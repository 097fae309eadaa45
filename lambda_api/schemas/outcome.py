"""What people say about an escalation beside claiming it, on the wire."""

from typing import Self

from lambda_api.escalations.models import Callback, Eta
from lambda_api.schemas.fields import Answer, TimeOut


class EtaOut(Answer):
    """Who is on their way; zero minutes is no promise of when."""

    name: str
    minutes: int
    at: TimeOut

    @classmethod
    def of(cls, eta: Eta) -> Self:
        return cls(name=eta.name, minutes=eta.minutes, at=eta.at)


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
