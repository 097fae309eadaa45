"""Somebody left: the human, the caller or the agent; or the room is over."""

from datetime import datetime
from typing import Final

from lambda_api.escalations import effects, ending, recalling, saving, transitions
from lambda_api.escalations.models import Claim, Escalation, Status
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Change
from lambda_api.escalations.rooms import ParticipantKind, RoomEvent
from lambda_api.escalations.watching import see

_STAYS: Final = frozenset({"DUPLICATE_IDENTITY", "MIGRATION"})  # the same person goes on elsewhere
_CLEAN: Final = "CLIENT_INITIATED"


def left(ports: Ports, event: RoomEvent) -> None:
    row = _row(ports, event)
    if row is None or event.disconnect_reason in _STAYS:
        return
    if event.participant_kind is ParticipantKind.AGENT:
        _agent_left(ports, row, event)
    elif row.claim and row.claim.holds(event.identity):
        _human_left(ports, row, event)
    elif event.identity == row.caller_identity:
        _caller_left(ports, row, event)


def aborted(ports: Ports, event: RoomEvent) -> None:
    """A human whose media never came up is not there; their link stays usable."""
    row = _row(ports, event)
    if row and row.claim and row.claim.holds(event.identity):
        _human_left(ports, row, event)


def finished(ports: Ports, event: RoomEvent) -> None:
    row = _row(ports, event)
    if row:
        _caller_left(ports, row, event)


def human_gone(row: Escalation, claim: Claim, at: datetime, *, cause: str, reason: str) -> Change:
    """A call that had its human is over for them; before that the claim waits for them to come again."""
    if row.status is Status.CONNECTED:
        return ending.end(row, at, actor=f"human_agent:{claim.human_agent_id}", cause=cause, reason=reason)
    return saving.after(row, transitions.away(row, claim, at=at, cause=cause, reason=reason))


def _row(ports: Ports, event: RoomEvent) -> Escalation | None:
    row = saving.open_in(ports, event.room)
    if row is None or (event.room_sid and row.room_sid not in ("", event.room_sid)):
        return None
    return row


def _agent_left(ports: Ports, row: Escalation, event: RoomEvent) -> None:
    def decide(fresh: Escalation, at: datetime) -> Change | None:
        if fresh.status is not Status.CONNECTED or fresh.ai_left_at:
            return None
        new = transitions.ai_left(fresh, at=at, actor="livekit", cause="webhook")
        return saving.after(fresh, new, event_id=event.id)

    saving.save(ports, row.id, decide)


def _human_left(ports: Ports, row: Escalation, event: RoomEvent) -> None:
    reason = ending.HUMAN_LEFT if event.disconnect_reason == _CLEAN else ending.HUMAN_DROPPED

    def decide(fresh: Escalation, at: datetime) -> Change | None:
        if not fresh.is_open or fresh.claim is None or fresh.claim.sid != event.sid:
            return None
        change = human_gone(fresh, fresh.claim, at, cause="webhook", reason=reason)
        return saving.once(change, event.id)

    saved = saving.save(ports, row.id, decide)
    if saved.changed:
        recalling.see_to_agent(ports, saved.escalation)


def _caller_left(ports: Ports, row: Escalation, event: RoomEvent) -> None:
    """Ask the room first: the same caller may be back already, and this be an old connection's farewell."""
    sight = see(ports, row.room)
    if sight is None:
        return effects.look_later(ports, row, ports.policy.exit_look_seconds)
    caller = sight.caller(row)
    if caller and caller.sid != event.sid:
        return None
    return _end(ports, row, event)


def _end(ports: Ports, row: Escalation, event: RoomEvent) -> None:
    def decide(fresh: Escalation, at: datetime) -> Change | None:
        if not fresh.is_open:
            return None
        over = ending.end(fresh, at, actor="caller", cause="webhook", reason=ending.CALLER_LEFT)
        return saving.once(over, event.id)

    saved = saving.save(ports, row.id, decide)
    if saved.changed and saved.escalation.status is Status.CANCELLED:
        effects.nudge(ports, saved.escalation, "cancelled")
