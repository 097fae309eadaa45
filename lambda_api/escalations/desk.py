"""The desk: who waits, who talks, what became of today, and a link for whoever takes a call from there."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from lambda_api.escalations import figures, reading, taking
from lambda_api.escalations.errors import AlreadyClaimedError
from lambda_api.escalations.figures import Figures
from lambda_api.escalations.models import Escalation, HumanAgent, LinkKind, Status
from lambda_api.escalations.names import hashed
from lambda_api.escalations.outlines import Outline
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Link

FROM_THE_DESK: Final = -1  # the round of a link that nobody was sent
MOST: Final = 50  # calls of today that are listed; the figures count all of them
_LONGEST: Final = timedelta(hours=4)  # a call that ended today may have begun before


class Board(Struct, frozen=True, kw_only=True):
    now: datetime
    waiting: tuple[Outline, ...]  # the longest first
    in_call: tuple[Outline, ...]
    ended: tuple[Outline, ...]  # today, the latest first
    figures: Figures


def board(ports: Ports, person: HumanAgent) -> Board:
    now, zone = ports.clock(), zone_of(person)
    local = now.astimezone(zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
    there = sorted(ports.store.open_outlines(), key=lambda one: one.created_at)
    late = ports.store.outlines_since(midnight - _LONGEST)
    ended = _ended(late, midnight)
    return Board(
        now=now,
        waiting=tuple(one for one in there if one.status is not Status.CONNECTED),
        in_call=tuple(one for one in there if one.status is Status.CONNECTED),
        ended=ended[:MOST],
        figures=figures.of_day(ended, zone, hours=local.hour + 1, midnight=midnight),
    )


def link(ports: Ports, person: HumanAgent, escalation_id: str) -> str:
    """The code of this person's own link, whether they were told or not; refused as a claim would be."""
    row = reading.get(ports, escalation_id)
    taking.check_open(row)
    if row.claim and row.claim.human_agent_id != person.id:
        raise AlreadyClaimedError(who=row.claim.name, since=row.claim.claimed_at)
    code = ports.codes.derive(row.id, person.id, FROM_THE_DESK)
    ports.store.add_link(_link(ports, row, person, code))
    return code


def zone_of(person: HumanAgent) -> tzinfo:
    return ZoneInfo(person.hours.time_zone) if person.hours else UTC


def _ended(late: Iterable[Outline], midnight: datetime) -> tuple[Outline, ...]:
    today = [(one.ended_at, one.id, one) for one in late if one.ended_at and one.ended_at >= midnight]
    return tuple(one for _, _, one in sorted(today, key=lambda known: known[:2], reverse=True))


def _link(ports: Ports, row: Escalation, person: HumanAgent, code: str) -> Link:
    return Link(
        code_hash=hashed(code),
        kind=LinkKind.CLAIM,
        room=row.room,
        human_agent_id=person.id,
        name=person.name,
        valid_until=ports.clock() + timedelta(seconds=ports.policy.link_seconds),
        escalation_id=row.id,
    )
