"""Whoever was told that a caller waits is told, once, that nobody is needed any more."""

import logging
from datetime import datetime
from typing import Final

from lambda_api.escalations.models import Escalation
from lambda_api.escalations.records import ItemKind, OutboxItem

logger = logging.getLogger(__name__)

MOST: Final = 40  # people, for the sake of the transaction


def items(row: Escalation, at: datetime) -> tuple[OutboxItem, ...]:
    """Not for those who declined; whoever's call may have gone out is called off, known to us or not."""
    people = sorted({one.human_agent_id for one in row.told}.difference(row.declined))
    if len(people) > MOST:
        logger.error("more people than can be called off", extra={"escalation_id": row.id})
    return tuple(_item(row, one, at) for one in people[:MOST])


def _item(row: Escalation, human_agent_id: str, at: datetime) -> OutboxItem:
    """Nobody waits for this one, so a look sends it."""
    return OutboxItem(
        id=f"{row.id}:{human_agent_id}:over",
        escalation_id=row.id,
        human_agent_id=human_agent_id,
        round=0,
        kind=ItemKind.NOT_NEEDED,
        not_before=at,
    )
