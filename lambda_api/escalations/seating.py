"""Seats that other systems ask for: a caller, an observer, a human agent without a notification."""

from datetime import timedelta
from typing import Final

from lambda_api.escalations import pressing, saving
from lambda_api.escalations.errors import AlreadyClaimedError, ReservedIdentityError
from lambda_api.escalations.models import (
    AGENT_PREFIX,
    CALLER_PREFIX,
    HUMAN_PREFIX,
    OBSERVER_PREFIX,
    SIP_HUMAN,
    LinkKind,
    Role,
)
from lambda_api.escalations.names import begins, hashed, human_identity, suffix
from lambda_api.escalations.places import Seat, granted_seat
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Grant, Link

_NAMES: Final = {Role.CALLER: "Caller", Role.HUMAN_AGENT: "Human agent", Role.OBSERVER: "Observer"}


def create_seat(
    ports: Ports, room: str, *, role: Role, name: str | None = None, identity: str | None = None
) -> Seat:
    """Raise ReservedIdentityError, or AlreadyClaimedError for a human agent where another has the call."""
    if role is not Role.HUMAN_AGENT and begins(name, HUMAN_PREFIX):
        raise ReservedIdentityError
    grant = _grant(ports, room, role, name=name or _NAMES[role], identity=_identity(role, identity))
    if role is Role.HUMAN_AGENT:
        _check_free(ports, room)
    code = ports.codes.derive(grant.seat_id, grant.identity, 0)
    ports.store.add_seat(grant, _link(grant, code))
    escalation_id = pressing.attach(ports, grant) if role is Role.HUMAN_AGENT else None
    return granted_seat(grant, escalation_id=escalation_id, code=code)


def _identity(role: Role, wished: str | None) -> str:
    if role is Role.CALLER:
        return _caller(wished)
    if role is Role.OBSERVER:
        return wished if wished and wished.startswith(OBSERVER_PREFIX) else f"{OBSERVER_PREFIX}{suffix()}"
    if wished and wished.startswith(HUMAN_PREFIX):
        return _human(wished)
    return human_identity(wished or "guest")


def _caller(wished: str | None) -> str:
    if begins(wished, HUMAN_PREFIX, AGENT_PREFIX, OBSERVER_PREFIX):
        raise ReservedIdentityError
    return wished or f"{CALLER_PREFIX}{suffix()}"


def _human(wished: str) -> str:
    if wished == SIP_HUMAN:
        raise ReservedIdentityError
    return wished


def _grant(ports: Ports, room: str, role: Role, *, name: str, identity: str) -> Grant:
    now, seat_id = ports.clock(), suffix()
    return Grant(
        room=room,
        identity=identity,
        role=role,
        name=name,
        seat_id=seat_id,
        human_agent_id=f"guest-{seat_id}",
        valid_until=now + timedelta(seconds=ports.policy.seat_seconds),
        created_at=now,
    )


def _link(grant: Grant, code: str) -> Link:
    return Link(
        code_hash=hashed(code),
        kind=LinkKind.SEAT,
        room=grant.room,
        human_agent_id=grant.human_agent_id,
        name=grant.name,
        valid_until=grant.valid_until,
        identity=grant.identity,
    )


def _check_free(ports: Ports, room: str) -> None:
    row = saving.open_in(ports, room)
    if row and row.claim:
        raise AlreadyClaimedError(who=row.claim.name, since=row.claim.claimed_at)
