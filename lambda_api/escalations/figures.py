"""A day in numbers: how many calls were answered, how fast, and how many were not, hour by hour."""

from collections.abc import Iterable
from datetime import datetime, tzinfo
from statistics import median

from msgspec import Struct

from lambda_api.escalations.models import Reason, Status
from lambda_api.escalations.outlines import Outline


class Count(Struct, frozen=True, kw_only=True):
    answered: int
    unanswered: int
    abandoned: int
    median_answer_s: float | None


class Figures(Struct, frozen=True, kw_only=True):
    day: Count
    by_hour: tuple[Count, ...]  # from midnight on, the current hour is the last


def of_day(ended: Iterable[Outline], zone: tzinfo, *, hours: int, midnight: datetime) -> Figures:
    """Of those who asked for a person; whoever asked before midnight counts in the first hour."""
    asked = [one for one in ended if one.reason is not Reason.DIRECT_JOIN]
    by_hour: list[list[Outline]] = [[] for _ in range(hours)]
    for one in asked:
        hour = one.created_at.astimezone(zone).hour if one.created_at >= midnight else 0
        by_hour[min(hour, hours - 1)].append(one)
    return Figures(day=_count(asked), by_hour=tuple(map(_count, by_hour)))


def waited_s(one: Outline) -> float:
    """Until a person could be heard, or until the end."""
    until = _answered_at(one) or one.ended_at or one.created_at
    return max(0.0, (until - one.created_at).total_seconds())


def _count(some: list[Outline]) -> Count:
    waited = [waited_s(one) for one in some if _answered_at(one)]
    rest = [one.status for one in some if not _answered_at(one)]
    return Count(
        answered=len(waited),
        unanswered=sum(status in (Status.UNANSWERED, Status.FAILED) for status in rest),
        abandoned=sum(status is Status.CANCELLED for status in rest),
        median_answer_s=round(median(waited), 1) if waited else None,
    )


def _answered_at(one: Outline) -> datetime | None:
    return one.claim.heard_at if one.claim else None
