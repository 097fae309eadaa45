"""A human agent who joins by a seat, without having been called: their row is opened, already claimed."""

import logging

from lambda_api.escalations import founding, pressing, recording, saving
from lambda_api.escalations.errors import (
    AlreadyClaimedError,
    ConflictError,
    EscalationEndedError,
    TooBusyError,
    TooManyClaimsError,
)
from lambda_api.escalations.models import Claim, Escalation, Reason, Role, Status
from lambda_api.escalations.names import escalation_id
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Grant
from lambda_api.escalations.rooms import RoomEvent
from lambda_api.escalations.watching import agent_of, caller_of

logger = logging.getLogger(__name__)


def seated(ports: Ports, event: RoomEvent) -> Escalation | None:
    """The row of a person with a seat, opened if the room has none; nobody else may bear the prefix."""
    grant = ports.store.grant(event.room, event.identity)
    if grant is None or grant.role is not Role.HUMAN_AGENT or grant.valid_until <= ports.clock():
        _refuse(ports, event)
        return None
    for _ in range(ports.policy.attempts):
        try:
            return ports.store.escalation(pressing.attach(ports, grant) or _open_direct(ports, grant, event))
        except (AlreadyClaimedError, TooManyClaimsError):
            return None  # a second human, by invitation, or a name of long ago
        except (ConflictError, EscalationEndedError):
            continue  # the room's row changed this moment
    raise TooBusyError


def _refuse(ports: Ports, event: RoomEvent) -> None:
    logger.error("a human agent's identity without a claim was removed", extra={"event_id": event.id})
    ports.rooms.remove(event.room, event.identity)


def _open_direct(ports: Ports, grant: Grant, event: RoomEvent) -> str:
    now, latest = ports.clock(), saving.current(ports, event.room)
    if latest and latest.is_open:
        raise ConflictError(latest.id)  # opened while we looked
    claim = Claim(
        identity=grant.identity,
        human_agent_id=grant.human_agent_id,
        name=grant.name,
        browser=grant.browser,
        claimed_at=now,
        number=1,
    )
    draft = Escalation(
        id=escalation_id(now),
        room=event.room,
        room_sid=event.room_sid,
        status=Status.CLAIMED,
        reason=Reason.DIRECT_JOIN,
        created_at=now,
        caller_identity=caller_of(ports, event.room),
        agent_identity=agent_of(ports, event.room),
        epoch=latest.epoch + 1 if latest else 1,
    )
    ports.timers.look_later(draft.id, delay_s=ports.policy.first_look_seconds, chain=True)
    recording.commit(ports, founding.found_claimed(draft, claim, replaces=latest.id if latest else ""))
    return draft.id
