"""A person says that their call is done, and what became of it."""

from datetime import datetime

from lambda_api.escalations import ending, handing, holding, noting, recalling, saving, transitions
from lambda_api.escalations.models import Disposition, Escalation, Status
from lambda_api.escalations.names import hashed
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Change


def complete(ports: Ports, code: str, browser: str, disposition: Disposition, notes: str = "") -> Escalation:
    """End a call that has its person, or say once of a completed one what became of it."""
    link = holding.link_of(ports, code)

    def decide(row: Escalation, at: datetime) -> Change | None:
        who = handing.holder(row, link, hashed(browser))
        new = _completed(row, disposition, at=at, actor=who)
        return saving.after(row, new, words=noting.with_note(ports, row, notes)) if new else None

    saved = saving.save(ports, holding.row_of(ports, link), decide)
    if saved.changed:
        recalling.see_to_agent(ports, saved.escalation)
    return saved.escalation


def _completed(row: Escalation, disposition: Disposition, *, at: datetime, actor: str) -> Escalation | None:
    if row.status is not Status.COMPLETED:
        handing.check_connected(row)
        return transitions.completed(row, disposition, at=at, actor=actor, reason=ending.HUMAN_COMPLETED)
    return None if row.disposition else transitions.disposed(row, disposition, at=at, actor=actor)
