"""How long callers have lately waited for a person, as this house's own history says it."""

from datetime import timedelta
from statistics import median
from typing import Final

from msgspec import Struct

from lambda_api.escalations import figures
from lambda_api.escalations.models import Reason
from lambda_api.escalations.ports import Ports

_LATELY: Final = timedelta(hours=24)
# Fewer say nothing about the next one.
_FEWEST: Final = 3


class WaitingTime(Struct, frozen=True, kw_only=True):
    usual_s: float | None
    answered: int


def lately(ports: Ports) -> WaitingTime:
    late = ports.store.outlines_since(ports.clock() - _LATELY)
    waited = [
        figures.waited_s(one)
        for one in late
        if one.claim and one.claim.heard_at and one.reason is not Reason.DIRECT_JOIN
    ]
    usual = round(median(waited), 1) if len(waited) >= _FEWEST else None
    return WaitingTime(usual_s=usual, answered=len(waited))
