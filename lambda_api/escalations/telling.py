"""A round of notifications: who is told, with which links, and the outbox items that see to it."""

import logging
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from lambda_api.escalations.models import Escalation, HumanAgent, LinkKind, Told
from lambda_api.escalations.names import hashed
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Link, OutboxItem

logger = logging.getLogger(__name__)

MOST: Final = 40  # people in a round: each costs two of a transaction's hundred items
HELD: Final = timedelta(seconds=4)  # the writer publishes at once; a look may do so after that


class Round(Struct, frozen=True, kw_only=True):
    told: tuple[Told, ...]
    links: tuple[Link, ...]
    outbox: tuple[OutboxItem, ...]
    answer_by: datetime


def make_round(
    ports: Ports, row: Escalation, people: tuple[HumanAgent, ...], *, number: int, at: datetime
) -> Round:
    some = people[:MOST]
    if len(people) > MOST:
        facts = {"escalation_id": row.id, "left_out": len(people) - MOST}
        logger.error("more people than a round can tell", extra=facts)
    return Round(
        told=tuple(Told(human_agent_id=one.id, tier=one.tier, round=number) for one in some),
        links=tuple(_link(ports, row, one, number=number, at=at) for one in some),
        outbox=tuple(_item(row, one, number=number, at=at) for one in some),
        answer_by=at + timedelta(seconds=ports.policy.answer_seconds),
    )


def item_id(row: Escalation, human_agent_id: str, number: int) -> str:
    return f"{row.id}:{human_agent_id}:{number}"


def _link(ports: Ports, row: Escalation, one: HumanAgent, *, number: int, at: datetime) -> Link:
    return Link(
        code_hash=hashed(ports.codes.derive(row.id, one.id, number)),
        kind=LinkKind.CLAIM,
        room=row.room,
        human_agent_id=one.id,
        name=one.name,
        valid_until=at + timedelta(seconds=ports.policy.link_seconds),
        escalation_id=row.id,
    )


def _item(row: Escalation, one: HumanAgent, *, number: int, at: datetime) -> OutboxItem:
    return OutboxItem(
        id=item_id(row, one.id, number),
        escalation_id=row.id,
        human_agent_id=one.id,
        round=number,
        not_before=at + HELD,
    )
