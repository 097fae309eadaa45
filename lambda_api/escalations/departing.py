"""Somebody left: the human, the caller or the agent; or the room is over."""

from datetime import datetime
from typing import Final

from lambda_api.escalations import agents, effects, ending, recalling, saving, transitions
from lambda_api.escalations.models import AGENT_PREFIX, HUMAN_PREFIX, Claim, Escalation, Status
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Change
from lambda_api.escalations.rooms import ParticipantKind, RoomEvent
from lambda_api.escalations.watching import see

_STAYS: Final = frozenset({"DUPLICATE_IDENTITY", "MIGRATION"})  # the same person goes on elsewhere
_CLEAN: Final = frozenset(
    {
        "CLIENT_INITIATED",
        "PARTICIPANT_REMOVED",
        "ROOM_DELETED",
        "ROOM_CLOSED",
        "USER_REJECTED",
        "USER_UNAVAILABLE",
    }
)  # anything else is a connection that was lost


def left(ports: Ports, event: RoomEvent) -> None:
    if event.disconnect_reason in _STAYS:
        return None
    if event.participant_kind is ParticipantKind.AGENT:
        return _agent_left(ports, event)
    latest = saving.current(ports, event.room)
    row = _of_session(latest, event)
    if row is None:
        return _left_after_the_end(ports, latest, event)
    return _left(ports, row, event)


def aborted(ports: Ports, event: RoomEvent) -> None:
    """A human whose media never came up is not there; their link stays usable."""
    row = _of_session(saving.current(ports, event.room), event)
    if row and row.claim and row.claim.holds(event.identity):
        _human_left(ports, row, event)


def finished(ports: Ports, event: RoomEvent) -> None:
    row = _of_session(saving.current(ports, event.room), event)
    if row:
        _caller_left(ports, row, event)


def human_gone(row: Escalation, at: datetime, *, cause: str, reason: str) -> Change | None:
    """Before they were heard the claim waits for them; after that, a lost connection may come back."""
    claim = row.claim
    if claim is None:
        return None
    if row.status is not Status.CONNECTED:
        return saving.after(row, transitions.away(row, claim, at=at, cause=cause, reason=reason))
    if reason != ending.HUMAN_DROPPED:
        return ending.end(row, at, actor=_actor(claim), cause=cause, reason=reason)
    if row.dropped_at:
        return None
    return saving.after(row, transitions.dropped(row, claim, at=at, cause=cause, reason=reason))


def after_human_gone(ports: Ports, row: Escalation) -> None:
    if row.is_open and row.dropped_at:
        return effects.look_later(ports, row, ports.policy.return_seconds)
    return recalling.see_to_agent(ports, row)


def _of_session(latest: Escalation | None, event: RoomEvent) -> Escalation | None:
    if latest is None or not latest.is_open:
        return None
    return latest if not event.room_sid or latest.room_sid in ("", event.room_sid) else None


def _left(ports: Ports, row: Escalation, event: RoomEvent) -> None:
    if row.claim and row.claim.holds(event.identity):
        _human_left(ports, row, event)
    elif event.identity == row.caller_identity:
        _caller_left(ports, row, event)


def _left_after_the_end(ports: Ports, latest: Escalation | None, event: RoomEvent) -> None:
    """Whoever stayed on after a call of theirs was over may leave a caller behind as well."""
    if latest and not latest.is_open and event.identity.startswith(HUMAN_PREFIX):
        agents.lost_beside(ports, event.room, latest, "", "human_left")


def _agent_left(ports: Ports, event: RoomEvent) -> None:
    """Beside a human who can be heard it is the handoff; otherwise the caller has lost it."""
    if not event.identity.startswith(AGENT_PREFIX):
        return None  # an avatar or a recorder: none of them has the call
    latest = saving.current(ports, event.room)
    row = _of_session(latest, event)
    if row and row.status is Status.CONNECTED and _is_handed_off(ports, row):
        return _handed_off(ports, row, event)
    agents.lost_beside(ports, event.room, latest, event.identity, "left", sid=event.sid)
    return None


def _is_handed_off(ports: Ports, row: Escalation) -> bool:
    if agents.has_made_room(row):
        return True
    sight = see(ports, row.room)
    return sight is not None and sight.human_heard()


def _handed_off(ports: Ports, row: Escalation, event: RoomEvent) -> None:
    def decide(fresh: Escalation, at: datetime) -> Change | None:
        if fresh.status is not Status.CONNECTED or fresh.ai_left_at:
            return None
        new = transitions.ai_left(fresh, at=at, actor="livekit", cause="webhook")
        return saving.after(fresh, new, event_id=event.id)

    saving.save(ports, row, decide)


def _human_left(ports: Ports, row: Escalation, event: RoomEvent) -> None:
    reason = ending.HUMAN_LEFT if event.disconnect_reason in _CLEAN else ending.HUMAN_DROPPED

    def decide(fresh: Escalation, at: datetime) -> Change | None:
        if fresh.claim is None or not _is_their_connection(fresh, fresh.claim, event):
            return None
        change = human_gone(fresh, at, cause="webhook", reason=reason)
        return saving.once(change, event.id) if change else None

    saved = saving.save(ports, row, decide)
    if saved.changed:
        after_human_gone(ports, saved.escalation)


def _is_their_connection(row: Escalation, claim: Claim, event: RoomEvent) -> bool:
    """The one that we know; where only the agent has told of them, the one of their latest name."""
    if row.status is Status.CONNECTED and not claim.sid:
        return event.identity == claim.identity
    return row.is_open and claim.sid == event.sid


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

    saved = saving.save(ports, row, decide)
    if saved.changed:
        ending.follow(ports, saved.escalation)


def _actor(claim: Claim) -> str:
    return f"human_agent:{claim.human_agent_id}"
