"""What a person says by their link beside taking the call, on the wire."""

from typing import Annotated, Self

from pydantic import Field

from lambda_api.escalations.models import Disposition, Escalation, Status
from lambda_api.schemas.fields import Answer, Prose, Strict


class EtaIn(Strict):
    """In how many minutes they are there; zero is on my way."""

    minutes: Annotated[int, Field(ge=0, le=30)]


class HandBackIn(Strict):
    """The AI is to go on with the call."""

    note: Annotated[Prose, Field(max_length=500)] = ""


class CompleteIn(Strict):
    """The call is done."""

    disposition: Disposition
    notes: Annotated[Prose, Field(max_length=2000)] = ""


class EtaGivenOut(Answer):
    """What stands; minutes are none when nobody is waited for any more."""

    status: Status
    minutes: int | None

    @classmethod
    def of(cls, row: Escalation) -> Self:
        return cls(status=row.status, minutes=row.eta.minutes if row.eta else None)


class StatusOut(Answer):
    """Where the call stands now."""

    status: Status

    @classmethod
    def of(cls, row: Escalation) -> Self:
        return cls(status=row.status)


class CompletedOut(Answer):
    """What was stored as having become of the call: the first word counts."""

    status: Status
    disposition: Disposition | None

    @classmethod
    def of(cls, row: Escalation) -> Self:
        return cls(status=row.status, disposition=row.disposition)
