"""Pressing the link of a seat: it binds to the first browser; a human agent gets a new identity each time."""

from datetime import datetime

from msgspec.structs import replace

from lambda_api.escalations import saving, taking
from lambda_api.escalations.errors import (
    AlreadyClaimedError,
    ConflictError,
    LinkExpiredError,
    TooBusyError,
    UnknownLinkError,
)
from lambda_api.escalations.models import Escalation, LinkKind, Role
from lambda_api.escalations.places import Ended, Seat, View, granted_seat
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Grant, Link


def view(ports: Ports, link: Link, browser: str) -> View:
    grant = _known(ports, link)
    row = saving.open_in(ports, link.room)
    taken_by, taken_at = _taken(row, grant)
    return View(
        kind=LinkKind.SEAT,
        role=grant.role,
        room=grant.room,
        name=grant.name,
        escalation_id=row.id if row else None,
        taken_by=taken_by,
        taken_at=taken_at,
        yours=grant.browser == browser,
        ended=_ended(ports, grant),
    )


def _taken(row: Escalation | None, grant: Grant) -> tuple[str | None, datetime | None]:
    """A human agent's seat is of no use where another has the call."""
    claim = row.claim if row and grant.role is Role.HUMAN_AGENT else None
    if claim and claim.human_agent_id != grant.human_agent_id:
        return claim.name, claim.claimed_at
    return (grant.name, grant.pressed_at) if grant.browser else (None, None)


def press(ports: Ports, link: Link, browser: str) -> Seat:
    for _ in range(ports.policy.attempts):
        grant = _grant(ports, link)
        if grant.browser not in (None, browser):
            raise AlreadyClaimedError(who=grant.name, since=grant.pressed_at or grant.created_at)
        try:
            return _sit(ports, grant, browser)
        except ConflictError:
            continue
    raise TooBusyError


def attach(ports: Ports, grant: Grant) -> str | None:
    """Make a human agent's seat the claim of the room's open escalation, if there is one."""
    row = saving.open_in(ports, grant.room)
    if row is None:
        return None
    return taking.take(ports, row, taking.Taker.by_grant(grant), cause="seat").id


def _sit(ports: Ports, grant: Grant, browser: str) -> Seat:
    pressed = replace(grant, browser=browser, pressed_at=ports.clock(), presses=grant.presses + 1)
    if grant.role is not Role.HUMAN_AGENT:
        ports.store.press(pressed, extra=None)
        return granted_seat(pressed, escalation_id=None)
    seat = replace(pressed, identity=f"{grant.identity}-{pressed.presses}")
    ports.store.press(pressed, extra=seat)
    return granted_seat(seat, escalation_id=attach(ports, seat))


def _grant(ports: Ports, link: Link) -> Grant:
    grant = _known(ports, link)
    if _ended(ports, grant):
        raise LinkExpiredError
    return grant


def _known(ports: Ports, link: Link) -> Grant:
    grant = ports.store.grant(link.room, link.identity)
    if grant is None:
        raise UnknownLinkError
    return grant


def _ended(ports: Ports, grant: Grant) -> Ended | None:
    if grant.valid_until > ports.clock():
        return None
    late = LinkExpiredError()
    return Ended(words=late.words, reason=late.reason, at=grant.valid_until, status=None)
