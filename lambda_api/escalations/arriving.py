"""Somebody joined or began to publish: the claim's holder, a person with a seat, or an impostor."""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from msgspec.structs import replace

from lambda_api.escalations import agents, direct, effects, recalling, saving, transitions
from lambda_api.escalations.models import AGENT_PREFIX, HUMAN_PREFIX, SIP_HUMAN, Claim, Escalation, Status
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Change
from lambda_api.escalations.rooms import ParticipantKind, RoomEvent

MADE_WITHIN: Final = timedelta(seconds=2)  # the time of a room's making may be told in whole seconds


def joined(ports: Ports, event: RoomEvent) -> None:
    if event.participant_kind is ParticipantKind.AGENT:
        return _agent_joined(ports, event) if event.identity.startswith(AGENT_PREFIX) else None
    if not event.identity.startswith(HUMAN_PREFIX) or event.identity == SIP_HUMAN:
        return _caller_joined(ports, event)
    row = _claimed(ports, event)
    if row and not _is_of_this_session(row, event):
        # A LiveKit that was started again has another session of the same call: the room itself tells more.
        return effects.look_later(ports, row, ports.policy.unheard_look_seconds)
    row = row or direct.seated(ports, event)
    return _is_there(ports, row, event) if row else None


def published(ports: Ports, event: RoomEvent) -> None:
    if not event.audio_heard:
        return
    if event.identity.startswith(HUMAN_PREFIX):
        _human_heard(ports, event)
    elif event.participant_kind is ParticipantKind.AGENT and event.identity.startswith(AGENT_PREFIX):
        _agent_heard(ports, event)


def _human_heard(ports: Ports, event: RoomEvent) -> None:
    row = _row_of(ports, event)
    if row is None:
        return None
    if row.dropped_at:
        return _is_there(ports, row, event)
    saved = saving.save(ports, row, lambda fresh, at: _heard(ports, fresh, event, at))
    if saved.changed:
        effects.nudge(ports, saved.escalation, "human_heard")
        effects.look_later(ports, saved.escalation, ports.policy.exit_look_seconds)
    return None


def _agent_heard(ports: Ports, event: RoomEvent) -> None:
    """Whoever handed the call back has waited for this."""
    row = saving.current(ports, event.room)
    if row and row.status is Status.HANDED_BACK:
        recalling.see_to_agent(ports, row)


def _caller_joined(ports: Ports, event: RoomEvent) -> None:
    """LiveKit calls the agent of a caller's token only into a new room: whoever calls again gets ours."""
    if not ports.store.grant(event.room, event.identity):
        return
    if _stood_already(event):
        # An agent on its way out after an earlier call is missed when it has gone.
        effects.attempt(partial(agents.look, ports, event.room), None, "call_agent")
    agents.look_later(ports, event.room)


def _stood_already(event: RoomEvent) -> bool:
    """Whoever makes a room is in it at once."""
    made, joined = event.room_created_at, event.joined_at
    return made is not None and joined is not None and joined - made > MADE_WITHIN


def _agent_joined(ports: Ports, event: RoomEvent) -> None:
    """It need not be called any more; beside a human who can be heard, the look will see to it."""
    ports.store.free_dispatch(event.room)
    row = saving.open_in(ports, event.room)
    if row and row.status is Status.CONNECTED:
        effects.look_later(ports, row, ports.policy.exit_look_seconds)


def _row_of(ports: Ports, event: RoomEvent) -> Escalation | None:
    """The open row whose claim this participant holds, in this session of the room."""
    row = _claimed(ports, event)
    return row if row and _is_of_this_session(row, event) else None


def _claimed(ports: Ports, event: RoomEvent) -> Escalation | None:
    row = saving.open_in(ports, event.room)
    return row if row and row.claim and row.claim.holds(event.identity) else None


def _is_of_this_session(row: Escalation, event: RoomEvent) -> bool:
    return not event.room_sid or row.room_sid in ("", event.room_sid)


def _is_there(ports: Ports, row: Escalation, event: RoomEvent) -> None:
    saved = saving.save(ports, row, lambda fresh, at: _there(fresh, event, at))
    if saved.changed:
        effects.nudge(ports, saved.escalation, "human_there")
        effects.look_later(ports, saved.escalation, ports.policy.unheard_look_seconds)


def _there(row: Escalation, event: RoomEvent, at: datetime) -> Change | None:
    claim = _joining(row, event)
    if claim is None or claim.sid == event.sid:
        return None
    new = transitions.there(row, _with(claim, event, at), at=at, cause="webhook")
    return saving.after(row, replace(new, room_sid=row.room_sid or event.room_sid), event_id=event.id)


def _heard(ports: Ports, row: Escalation, event: RoomEvent, at: datetime) -> Change | None:
    claim = _joining(row, event)
    if claim is None or row.status is not Status.CLAIMED:
        return None
    until = at + timedelta(seconds=ports.policy.farewell_seconds)
    audible = _with(claim, event, at)
    return saving.after(
        row, transitions.heard(row, audible, at=at, cause="webhook", dismiss_at=until), event_id=event.id
    )


def _joining(row: Escalation, event: RoomEvent) -> Claim | None:
    """The claim, unless the event is about an older connection than the one that it knows."""
    claim = row.claim
    if not row.is_open or claim is None or not claim.holds(event.identity):
        return None
    known, told = claim.joined_at, event.joined_at
    older = claim.sid != event.sid and known is not None and told is not None and told < known
    return None if older else claim


def _with(claim: Claim, event: RoomEvent, at: datetime) -> Claim:
    if claim.sid == event.sid:
        return claim
    return replace(claim, sid=event.sid, joined_at=event.joined_at, there_at=at)
