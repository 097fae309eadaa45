"""Reading escalations and rooms; nothing here changes anything."""

from msgspec import Struct

from lambda_api.escalations import saving
from lambda_api.escalations.errors import UnknownEscalationError
from lambda_api.escalations.models import Escalation, Role, Status
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Grant, Page, Wish, Words


class HumanInRoom(Struct, frozen=True, kw_only=True):
    identity: str
    name: str
    escalation_id: str | None
    there: bool
    heard: bool


class RoomView(Struct, frozen=True, kw_only=True):
    room: str
    escalation: Escalation | None
    human_agents: tuple[HumanInRoom, ...]


def get(ports: Ports, escalation_id: str) -> Escalation:
    row = ports.store.escalation(escalation_id)
    if row is None:
        raise UnknownEscalationError
    return row


def words(ports: Ports, escalation_id: str) -> Words:
    """What was said, as long as it is kept."""
    return ports.store.words(escalation_id, now=ports.clock()) or Words()


def wish(ports: Ports, row: Escalation) -> Wish | None:
    """Whom to call back; only a row that asks for it costs a second read."""
    return words(ports, row.id).wish if row.callback else None


def list_(ports: Ports, *, status: Status | None, limit: int, cursor: str | None) -> Page:
    return ports.store.page(status=status, limit=limit, cursor=cursor)


def room_view(ports: Ports, room: str) -> RoomView:
    """The open escalation, and every human who may be in this room: by a claim or by a seat."""
    row = saving.open_in(ports, room)
    holder = _holder(row) if row else ()
    named = {one.identity for one in holder}
    seats = tuple(_seat(one) for one in _human_seats(ports, room) if one.identity not in named)
    return RoomView(room=room, escalation=row, human_agents=holder + seats)


def _holder(row: Escalation) -> tuple[HumanInRoom, ...]:
    """Each identity of the claim: the newest may not be in yet while an earlier one still is."""
    claim = row.claim
    if claim is None:
        return ()
    there, heard = claim.there_at is not None, claim.heard_at is not None
    return tuple(
        HumanInRoom(identity=one, name=claim.name, escalation_id=row.id, there=there, heard=heard)
        for one in (claim.identity, *claim.earlier)
    )


def _human_seats(ports: Ports, room: str) -> list[Grant]:
    now = ports.clock()
    return [one for one in ports.store.grants(room) if one.role is Role.HUMAN_AGENT and one.valid_until > now]


def _seat(grant: Grant) -> HumanInRoom:
    return HumanInRoom(identity=grant.identity, name=grant.name, escalation_id=None, there=False, heard=False)
