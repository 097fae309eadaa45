"""What a link shows, and the place in a room that pressing it gives."""

from datetime import datetime

from msgspec import Struct

from lambda_api.escalations.models import Claim, Escalation, Eta, LinkKind, Reason, Role, Status
from lambda_api.escalations.records import Grant


class Seat(Struct, frozen=True, kw_only=True):
    """A place in a room that a token may now be minted for."""

    id: str
    room: str
    identity: str
    name: str
    role: Role
    escalation_id: str | None
    valid_until: datetime  # of the link
    code: str = ""  # only when the seat was made just now


class Ended(Struct, frozen=True, kw_only=True):
    """Why a link leads nowhere any more; without a time when nobody noted one."""

    words: str
    reason: str  # the code that the words are for
    at: datetime | None
    status: Status | None


class View(Struct, frozen=True, kw_only=True):
    """What the page of a link shows before anybody presses, and to whoever has pressed."""

    kind: LinkKind
    role: Role
    room: str
    name: str
    escalation_id: str | None = None
    reason: Reason | None = None
    team: str | None = None
    language: str | None = None
    status: Status | None = None
    waiting_since: datetime | None = None
    taken_by: str | None = None
    taken_at: datetime | None = None
    eta: Eta | None = None
    declined: bool = False  # by the person whose link it is
    yours: bool = False  # the browser that asks has the call
    ended: Ended | None = None


def claimed_seat(row: Escalation, claim: Claim, *, valid_until: datetime) -> Seat:
    return Seat(
        id=f"{row.id}.{claim.number}",
        room=row.room,
        identity=claim.identity,
        name=claim.name,
        role=Role.HUMAN_AGENT,
        escalation_id=row.id,
        valid_until=valid_until,
    )


def granted_seat(grant: Grant, *, escalation_id: str | None, code: str = "") -> Seat:
    return Seat(
        id=grant.seat_id,
        room=grant.room,
        identity=grant.identity,
        name=grant.name,
        role=grant.role,
        escalation_id=escalation_id,
        valid_until=grant.valid_until,
        code=code,
    )
