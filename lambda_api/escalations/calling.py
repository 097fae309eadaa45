"""Calling the agent into a room where the caller is alone: one at a time, so that never two of them come."""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from lambda_api.escalations import effects, saving, transitions
from lambda_api.escalations.models import Escalation, Status
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Change

AGAIN: Final = timedelta(seconds=10)  # an agent that was called is given this long to come
RELIEF_AGAIN: Final = timedelta(seconds=4)  # one that is asked to take over is not missed meanwhile


def call(
    ports: Ports, room: str, row: Escalation | None, *, caller: str, cause: str, reason: str, lost: str = ""
) -> bool:
    """False when somebody else is calling it, or a person was heard in the meantime."""
    now = ports.clock()
    if not ports.store.take_dispatch(room, now=now, until=now + AGAIN):
        return False
    if row and not _is_noted(ports, row, cause=cause, reason=reason):
        return False
    # Told apart from the call that brought the one who was lost, which may be seconds old and looks pending.
    metadata = _metadata(row, caller) | ({"instead_of": lost} if lost else {})
    called = effects.attempt(lambda: ports.rooms.dispatch_agent(room, metadata), row, "dispatch_agent")
    if not called:
        # Nobody need be waited for. Should LiveKit have done it unanswered, it does not do it twice.
        effects.attempt(partial(ports.store.free_dispatch, room), row, "free_dispatch")
    return called


def call_beside(ports: Ports, room: str, row: Escalation | None, *, caller: str, agent_identity: str) -> bool:
    """Another agent, while this one is still there; it is told whose place it takes."""
    now = ports.clock()
    if not ports.store.take_dispatch(room, now=now, until=now + RELIEF_AGAIN):
        return False
    metadata = _metadata(row, caller) | {"replaces": agent_identity}
    relieve = partial(ports.rooms.relieve_agent, room, metadata, agent_identity)
    return effects.attempt(relieve, row, "relieve_agent")


def _is_noted(ports: Ports, row: Escalation, *, cause: str, reason: str) -> bool:
    def decide(fresh: Escalation, at: datetime) -> Change | None:
        if fresh.status is Status.CONNECTED and (fresh.ai_left_at or row.status is not Status.CONNECTED):
            return None
        return saving.after(fresh, transitions.recalled(fresh, at=at, cause=cause, reason=reason))

    return saving.save(ports, row, decide).changed


def _metadata(row: Escalation | None, caller: str) -> dict[str, object]:
    """As at the first time, unless this caller has been heard before."""
    if row is None or row.caller_identity not in ("", caller):
        return {"caller_identity": caller}
    return {
        "caller_identity": caller,
        "escalation_id": row.id,
        "resume": True,
        "human_name": row.claim.name if row.claim else "",
    }
