"""How an escalation ends: which status a cause gives, and the words a late visitor of its link reads."""

from datetime import datetime
from typing import Final

from lambda_api.escalations import agents, calling_off, effects, saving, transitions
from lambda_api.escalations.models import CALLER_LEFT as CALLER_LEFT
from lambda_api.escalations.models import Escalation, Status
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Change

HUMAN_LEFT: Final = "human_left"
HUMAN_DROPPED: Final = "human_dropped"
HUMAN_COMPLETED: Final = "human_completed"
HANDED_BACK: Final = "handed_back"
NOBODY_ON_DUTY: Final = "nobody_on_duty"
NOBODY_ANSWERED: Final = "nobody_answered"
NEWER_SESSION: Final = "newer_room_session"

_WORDS: Final = {
    CALLER_LEFT: "The caller left",
    HUMAN_LEFT: "This call was completed",
    HUMAN_DROPPED: "The person in this call lost the connection",
    HUMAN_COMPLETED: "This call was completed",
    HANDED_BACK: "This call was handed back",
    NOBODY_ON_DUTY: "Nobody was on duty",
    NOBODY_ANSWERED: "Nobody answered in time and this call was closed",
    NEWER_SESSION: "A newer call has begun in this room",
    "caller_changed_mind": "The caller no longer needs a person",
    "operator": "This call was closed by an operator",
}
_SOON: Final = 1  # second: whoever ends a row has something better to do than to send texts


def words(row: Escalation) -> str:
    said = _WORDS.get(row.end_reason, "This call is over")
    over = f"{said} at {row.ended_at.time().isoformat('minutes')} UTC." if row.ended_at else f"{said}."
    waits = row.callback is not None and row.callback.completed_at is None
    return f"{over} The caller asks for a call back." if waits else over


def end(row: Escalation, at: datetime, *, actor: str, cause: str, reason: str) -> Change:
    """A call that had its human is completed; one that had not is cancelled, and those told are told."""
    status = Status.COMPLETED if row.status is Status.CONNECTED else Status.CANCELLED
    new = transitions.ended(row, status, at=at, actor=actor, cause=cause, reason=reason)
    told = calling_off.items(new, at) if status is Status.CANCELLED else ()
    return saving.after(row, new, outbox=told)


def follow(ports: Ports, row: Escalation) -> None:
    """What an end that is written brings about."""
    if row.status is Status.CANCELLED:
        effects.nudge(ports, row, "cancelled")
        effects.look_later(ports, row, _SOON)


def close(ports: Ports, row: Escalation, *, actor: str, cause: str, reason: str) -> Escalation:
    """End it unless it has ended, and let everybody know."""

    def decide(fresh: Escalation, at: datetime) -> Change | None:
        return end(fresh, at, actor=actor, cause=cause, reason=reason) if fresh.is_open else None

    saved = saving.save(ports, row, decide)
    if saved.changed:
        follow(ports, saved.escalation)
        agents.look_after(ports, saved.escalation)
    return saved.escalation
