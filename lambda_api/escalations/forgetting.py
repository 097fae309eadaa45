"""Personal data of one escalation is erased at once; its timeline and figures stay."""

from datetime import datetime

from lambda_api.escalations import reading, saving, transitions
from lambda_api.escalations.models import Escalation
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Change, Words


def erase(ports: Ports, escalation_id: str, *, actor: str) -> Escalation:
    """Idempotent; what is said after it may be erased again."""

    def decide(row: Escalation, at: datetime) -> Change | None:
        if row.erased_at and not _holds_any(ports, row):
            return None
        return saving.after(row, transitions.erased(row, at=at, actor=actor), words=Words())

    return saving.save(ports, escalation_id, decide).escalation


def _holds_any(ports: Ports, row: Escalation) -> bool:
    kept = ports.store.brief(row.id, now=ports.clock())
    return kept is not None or reading.words(ports, row.id) != Words()
