"""Seeing who is in a room, and what that says about the caller, the agent and the human."""

import logging
from collections.abc import Collection
from typing import Final

from msgspec import Struct

from lambda_api.escalations.errors import UnavailableError
from lambda_api.escalations.models import AGENT_PREFIX, HUMAN_PREFIX, OBSERVER_PREFIX, Claim, Escalation, Role
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.rooms import Participant, ParticipantKind

_EGRESS: Final = "EG_"  # a recording stays in the room after everybody has left

logger = logging.getLogger(__name__)


class Sight(Struct, frozen=True, kw_only=True):
    """The room as LiveKit's list showed it; an absent room is an empty one."""

    people: tuple[Participant, ...]

    def caller(self, row: Escalation) -> Participant | None:
        return self.someone(row.caller_identity)

    def someone(self, identity: str) -> Participant | None:
        """That caller; without an identity, anybody who is neither an agent nor ours."""
        for one in self.people:
            if one.identity == identity if identity else _is_stranger(one):
                return one
        return None

    def agent(self) -> Participant | None:
        for one in self.people:
            if _is_agent(one):
                return one
        return None

    def agents(self) -> tuple[Participant, ...]:
        return tuple([one for one in self.people if _is_agent(one)])

    def left_behind(self, *, dead: Collection[str] = ()) -> tuple[Participant, ...]:
        """The avatars of agents that are gone."""
        return tuple([one for one in self.people if one.behalf_of and not self._has_agent(one, dead)])

    def _has_agent(self, avatar: Participant, dead: Collection[str]) -> bool:
        agent = avatar.behalf_of
        return agent not in dead and any(one.identity == agent for one in self.people)

    def humans(self) -> list[Participant]:
        return [one for one in self.people if one.active and one.identity.startswith(HUMAN_PREFIX)]

    def human_there(self) -> bool:
        return bool(self.humans())

    def human_heard(self) -> bool:
        return any(one.audio_heard for one in self.humans())

    def holder(self, claim: Claim) -> Participant | None:
        """The claim's holder, whichever of their connections joined last."""
        mine = [one for one in self.people if one.active and claim.holds(one.identity)]
        mine.sort(key=lambda one: (one.identity == claim.identity, one.sid == claim.sid))
        return mine[-1] if mine else None

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
    return seated_caller(ports, room) or _first(see(ports, room))


def agent_of(ports: Ports, room: str) -> str:
    """The agent that is there; a caller whom another system put on hold has none."""
    sight = see(ports, room)
    agent = sight.agent() if sight else None
    return agent.identity if agent else ""


def seated_caller(ports: Ports, room: str) -> str:
    seats = [one for one in ports.store.grants(room) if one.role is Role.CALLER]
    newest = sorted(seats, key=lambda one: one.created_at)
    return newest[-1].identity if newest else ""


def _first(sight: Sight | None) -> str:
    somebody = sight.someone("") if sight else None
    return somebody.identity if somebody else ""


def _is_agent(one: Participant) -> bool:
    return one.kind is ParticipantKind.AGENT and one.identity.startswith(AGENT_PREFIX) and not one.behalf_of


def _is_stranger(one: Participant) -> bool:
    ours = one.identity.startswith((HUMAN_PREFIX, OBSERVER_PREFIX, _EGRESS))
    return not ours and one.kind is not ParticipantKind.AGENT
