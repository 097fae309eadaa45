"""Who is on duty: at work by local wall time, not away, of the team and language, and to be reached."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from lambda_api.escalations.errors import BadHoursError
from lambda_api.escalations.models import EmailStatus, HumanAgent, Shift, WorkingHours

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def on_duty(
    people: Iterable[HumanAgent], at: datetime, team: str | None, language: str | None
) -> tuple[HumanAgent, ...]:
    """Those who can be told now, the lowest tier first.

    When none of the team speaks the language all of them are: a person whom the caller half understands is
    better than nobody, and a language that was detected wrongly must not send everybody home.
    """
    able = [one for one in people if _of_team(one, team) and _reachable(one) and is_available(one, at)]
    fitting = [one for one in able if _speaks(one, language)]
    return tuple(sorted(fitting or able, key=lambda one: (one.tier, one.id)))


def tier_of(people: Iterable[HumanAgent], *, above: int) -> tuple[HumanAgent, ...]:
    """The people of the lowest tier above the given one."""
    higher = [one for one in people if one.tier > above]
    lowest = min((one.tier for one in higher), default=0)
    return tuple(one for one in higher if one.tier == lowest)


def check_hours(hours: WorkingHours | None) -> None:
    if hours is None:
        return
    try:
        ZoneInfo(hours.time_zone)
    except (KeyError, ValueError, OSError) as error:  # ZoneInfo raises any of them for a bad key
        raise BadHoursError from error
    if not all(shift.day in DAYS for shift in hours.days):
        raise BadHoursError


def is_available(one: HumanAgent, at: datetime) -> bool:
    """At work, and not away from it for the moment."""
    return one.away_since is None and _works(one.hours, at)


def _of_team(one: HumanAgent, team: str | None) -> bool:
    return team is None or not one.teams or team in one.teams


def _speaks(one: HumanAgent, language: str | None) -> bool:
    if language is None or not one.languages:
        return True
    return _primary(language) in {_primary(spoken) for spoken in one.languages}


def _primary(language: str) -> str:
    return language.replace("_", "-").split("-", maxsplit=1)[0].lower()


def _reachable(one: HumanAgent) -> bool:
    return bool(one.phone) or (bool(one.email) and one.email_status is EmailStatus.CONFIRMED)


def _works(hours: WorkingHours | None, at: datetime) -> bool:
    if hours is None:
        return True
    local = at.astimezone(ZoneInfo(hours.time_zone))
    return any(_covers(shift, local) for shift in hours.days)


def _covers(shift: Shift, local: datetime) -> bool:
    today, yesterday, now = DAYS[local.weekday()], DAYS[local.weekday() - 1], local.time()
    if shift.start < shift.end:
        return shift.day == today and shift.start <= now < shift.end
    return (shift.day == today and now >= shift.start) or (shift.day == yesterday and now < shift.end)
