"""Seeing who is in a room, and what that says about the caller, the agent and the human."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from lambda_api.escalations.errors import UnavailableError
from lambda_api.escalations.models import AGENT_PREFIX, HUMAN_PREFIX, OBSERVER_PREFIX, Claim, Escalation, Role
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.rooms import Participant, ParticipantKind

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """The room as LiveKit's list showed it; an absent room is an empty one."""

    people: tuple[Participant, ...]

    def caller(self, row: Escalation) -> Participant | None:
        return next((one for one in self.people if _is_caller(one, row.caller_identity)), None)

    def agent(self) -> Participant | None:
        return next((one for one in self.people if _is_agent(one)), None)

    def holder(self, claim: Claim) -> Participant | None:
        """The claim's holder, whichever of their connections joined last."""
        mine = [one for one in self.people if one.active and claim.holds(one.identity)]
        newest = sorted(mine, key=lambda one: (one.identity == claim.identity, one.sid == claim.sid))
        return newest[-1] if newest else None

    def has(self, sid: str) -> bool:
        return any(one.sid == sid for one in self.people)


def see(ports: Ports, room: str) -> Sight | None:
    """None when LiveKit does not answer: then only the clock counts."""
    try:
        return Sight(people=ports.rooms.participants(room) or ())
    except UnavailableError:
        logger.warning("LiveKit did not list a room's participants", extra={"room": room})
        return None


def caller_of(ports: Ports, room: str) -> str:
    """The caller whom we gave a seat; where there was none, anybody who is neither agent nor ours."""
    seats = [one for one in ports.store.grants(room) if one.role is Role.CALLER]
    newest = sorted(seats, key=lambda one: one.created_at)
    return newest[-1].identity if newest else _first(see(ports, room))


def _first(sight: Sight | None) -> str:
    people: Iterable[Participant] = sight.people if sight else ()
    return next((one.identity for one in people if _is_caller(one, "")), "")


def _is_agent(one: Participant) -> bool:
    return one.kind is ParticipantKind.AGENT and one.identity.startswith(AGENT_PREFIX)


def _is_caller(one: Participant, identity: str) -> bool:
    if identity:
        return one.identity == identity
    ours = one.identity.startswith((HUMAN_PREFIX, OBSERVER_PREFIX))
    return not ours and one.kind is not ParticipantKind.AGENT
