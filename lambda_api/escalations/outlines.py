"""An escalation without its timeline and its people: what a list of many is made of."""

from datetime import datetime

from msgspec import Struct

from lambda_api.escalations.models import Claim, Escalation, Eta, Reason, Status


class Outline(Struct, frozen=True, kw_only=True):
    id: str
    status: Status
    reason: Reason
    created_at: datetime
    team: str | None = None
    language: str | None = None
    claim: Claim | None = None
    eta: Eta | None = None
    ended_at: datetime | None = None

    @classmethod
    def of(cls, row: Escalation) -> "Outline":
        return cls(
            id=row.id,
            status=row.status,
            reason=row.reason,
            created_at=row.created_at,
            team=row.team,
            language=row.language,
            claim=row.claim,
            eta=row.eta,
            ended_at=row.ended_at,
        )
