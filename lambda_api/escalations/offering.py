"""What other systems are told of a change: one outbox item for each of them, with the very words."""

from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from lambda_api.escalations.models import Callback, Claim, Escalation
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Hook, ItemKind, OutboxItem

CHANGES: Final = (
    "requested",
    "notified",
    "told",
    "eta",
    "declined",
    "claimed",
    "came_back",
    "human_there",
    "connected",
    "human_away",
    "human_dropped",
    "released",
    "ai_dismissed",
    "ai_left",
    "ai_recalled",
    "completed",
    "handed_back",
    "cancelled",
    "unanswered",
    "failed",
    "disposed",
    "callback_asked",
    "callback_completed",
    "personal_data_erased",
)
EVENTS: Final = tuple(f"escalation.{change}" for change in CHANGES)


def items(ports: Ports, row: Escalation) -> tuple[OutboxItem, ...]:
    kind = f"escalation.{row.timeline[-1].change}"
    wanted = [one for one in ports.store.hooks(lately=True) if not one.events or kind in one.events]
    if not wanted:
        return ()
    body = _body(row, kind)
    return tuple(_item(row, one, body) for one in wanted)


def _item(row: Escalation, hook: Hook, body: str) -> OutboxItem:
    return OutboxItem(
        id=f"{row.id}:hook:{row.version}:{hook.id}",
        escalation_id=row.id,
        human_agent_id="",
        round=0,
        kind=ItemKind.HOOK,
        not_before=row.timeline[-1].at,
        hook_id=hook.id,
        body=body,
    )


def _body(row: Escalation, kind: str) -> str:
    event = {
        "id": f"evt_{row.id.removeprefix('esc_')}_{row.version}",
        "type": kind,
        "created_at": _time(row.timeline[-1].at),
        "escalation": _escalation(row),
    }
    return msgspec.json.encode(event).decode()


def _escalation(row: Escalation) -> dict[str, Any]:
    """Neither the caller's identity, which may be a number, nor anything that was said."""
    last = row.timeline[-1]
    changed = {"actor": last.actor, "change": last.change, "cause": last.cause, "reason": last.reason}
    return {
        "id": row.id,
        "room": row.room,
        "status": row.status,
        "reason": row.reason,
        "created_at": _time(row.created_at),
        "team": row.team,
        "language": row.language,
        "epoch": row.epoch,
        "version": row.version,
        "people_told": row.people_told,
        "claim": _claim(row.claim),
        "callback": _callback(row.callback),
        "ai_left_at": _time(row.ai_left_at),
        "ended_at": _time(row.ended_at),
        "end_reason": row.end_reason,
        "disposition": row.disposition,
        "last_change": changed,
    }


def _claim(claim: Claim | None) -> dict[str, Any] | None:
    if claim is None:
        return None
    times = {"claimed_at": claim.claimed_at, "there_at": claim.there_at, "heard_at": claim.heard_at}
    return {"human_agent_id": claim.human_agent_id, **{name: _time(at) for name, at in times.items()}}


def _callback(wish: Callback | None) -> dict[str, Any] | None:
    return {"asked_at": _time(wish.asked_at), "completed_at": _time(wish.completed_at)} if wish else None


def _time(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None
