"""The usual waiting time on the wire."""

from typing import Self

from lambda_api.escalations.waiting_time import WaitingTime
from lambda_api.schemas.fields import Answer


class WaitingTimeOut(Answer):
    """The median of those who were answered, in seconds, and how many those were."""

    usual_s: float | None
    answered: int

    @classmethod
    def of(cls, known: WaitingTime) -> Self:
        return cls(usual_s=known.usual_s, answered=known.answered)
