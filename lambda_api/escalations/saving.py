"""The one way a row changes: read, decide, write under the version that was read; again on a conflict."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from lambda_api.escalations import recording
from lambda_api.escalations.errors import ConflictError, TooBusyError, UnknownEscalationError
from lambda_api.escalations.models import CALLER_LEFT, Escalation
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Change

Decide = Callable[[Escalation, datetime], Change | None]


class Saved(Struct, frozen=True, kw_only=True):
    escalation: Escalation
    changed: bool


def after(row: Escalation, new: Escalation, **beside: Any) -> Change:
    """The change from the row that was read to the new one, with what is written beside it."""
    left = _leaves_caller(row, new)
    return Change(escalation=new, expected=row.version, leaves_caller=left, **beside)


def save(ports: Ports, which: str | Escalation, decide: Decide) -> Saved:
    """Let `decide` look at the row, by its id or as it was just read; None means nothing to change."""
    row = which if isinstance(which, Escalation) else _read(ports, which)
    for _ in range(ports.policy.attempts):
        change = decide(row, ports.clock())
        if change is None:
            return Saved(escalation=row, changed=False)
        try:
            recording.commit(ports, change)
        except ConflictError:
            row = _read(ports, row.id)
            continue
        return Saved(escalation=change.escalation, changed=True)
    raise TooBusyError


def _read(ports: Ports, escalation_id: str) -> Escalation:
    row = ports.store.escalation(escalation_id)
    if row is None:
        raise UnknownEscalationError
    return row


def current(ports: Ports, room: str) -> Escalation | None:
    """The room's latest escalation, open or not."""
    pointer = ports.store.pointer(room)
    return ports.store.escalation(pointer.escalation_id) if pointer else None


def open_in(ports: Ports, room: str) -> Escalation | None:
    row = current(ports, room)
    return row if row and row.is_open else None


def _leaves_caller(row: Escalation, new: Escalation) -> bool:
    ends = not new.is_open and row.is_open
    return ends and new.had_company and new.end_reason != CALLER_LEFT


def once(change: Change, event_id: str) -> Change:
    """The change, which this event may make one time only."""
    return replace(change, event_id=event_id)
