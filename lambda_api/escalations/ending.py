"""How an escalation ends: which status a cause gives, and the words a late visitor of its link reads."""

from datetime import datetime
from typing import Final

from lambda_api.escalations import effects, saving, transitions
from lambda_api.escalations.models import Escalation, Status
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Change

CALLER_LEFT: Final = "caller_left"
HUMAN_LEFT: Final = "human_left"
HUMAN_DROPPED: Final = "human_dropped"
NOBODY_ON_DUTY: Final = "nobody_on_duty"
NOBODY_ANSWERED: Final = "nobody_answered"
NEWER_SESSION: Final = "newer_room_session"

_WORDS: Final = {
    CALLER_LEFT: "The caller left",
    HUMAN_LEFT: "This call was completed",
    HUMAN_DROPPED: "The person in this call lost the connection",
    NOBODY_ON_DUTY: "Nobody was on duty",
    NOBODY_ANSWERED: "Nobody answered in time and this call was closed",
    NEWER_SESSION: "A newer call has begun in this room",
    "caller_changed_mind": "The caller no longer needs a person",
    "operator": "This call was closed by an operator",
}


def words(row: Escalation) -> str:
    said = _WORDS.get(row.end_reason, "This call is over")
    return f"{said} at {row.ended_at:%H:%M} UTC." if row.ended_at else f"{said}."


def end(row: Escalation, at: datetime, *, actor: str, cause: str, reason: str) -> Change:
    """A call that had its human is completed; one that had not is cancelled."""
    status = Status.COMPLETED if row.status is Status.CONNECTED else Status.CANCELLED
    return saving.after(row, transitions.ended(row, status, at=at, actor=actor, cause=cause, reason=reason))


def close(ports: Ports, row: Escalation, *, actor: str, cause: str, reason: str) -> Escalation:
    """End it unless it has ended, and let the worker know."""
    saved = saving.save(
        ports,
        row.id,
        lambda fresh, at: end(fresh, at, actor=actor, cause=cause, reason=reason) if fresh.is_open else None,
    )
    if saved.changed and saved.escalation.status is Status.CANCELLED:
        effects.nudge(ports, saved.escalation, "cancelled")
    return saved.escalation
