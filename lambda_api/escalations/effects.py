"""What follows a durable write and may fail without harm, because the next look makes up for it."""

import logging
import math
from collections.abc import Callable

from lambda_api.escalations import measuring
from lambda_api.escalations.errors import UnavailableError
from lambda_api.escalations.models import Escalation
from lambda_api.escalations.ports import Ports

logger = logging.getLogger(__name__)


def nudge(ports: Ports, row: Escalation, kind: str, **more: object) -> None:
    """Tell the worker in the room; a hint only, since it asks for the row anyway."""
    facts: dict[str, object] = {"type": kind, "escalation_id": row.id}
    if row.claim:
        facts |= {"identity": row.claim.identity, "name": row.claim.name}
    attempt(lambda: ports.rooms.nudge(row.room, facts | more), row, "nudge")


def look_later(ports: Ports, row: Escalation, seconds: float) -> None:
    attempt(
        lambda: ports.timers.look_later(row.id, delay_s=max(1, math.ceil(seconds)), chain=False),
        row,
        "look_later",
    )


def count(ports: Ports, what: str, row: Escalation | None) -> None:
    facts = {"reason": row.reason.value, "escalation_id": row.id} if row else {}
    measuring.count(what, at=ports.clock(), stage=ports.policy.stage, **facts)


def attempt(call: Callable[[], None], row: Escalation | None, what: str) -> bool:
    try:
        call()
    except UnavailableError as error:
        logger.warning(
            "an effect failed and is left to the next look",
            extra={"effect": what, "part": error.part, "escalation_id": row.id if row else ""},
        )
        return False
    return True
