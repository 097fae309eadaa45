"""Who is on duty: hours in local wall time over every change of the clock, teams, languages, channels."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambda_api.escalations.duty import DAYS, check_hours, on_duty, tier_of
from lambda_api.escalations.errors import BadHoursError
from lambda_api.escalations.models import EmailStatus, HumanAgent, Shift, WorkingHours

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)  # a Tuesday
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC")


def person(name: str = "p", **more: object) -> HumanAgent:
    return HumanAgent(**({"id": name, "name": name, "phone": "+15005550100"} | more))  # type: ignore[arg-type]


def berlin(day: str, start: time, end: time) -> WorkingHours:
    return WorkingHours(time_zone="Europe/Berlin", days=(Shift(day=day, start=start, end=end),))


def works(hours: WorkingHours, at: datetime) -> bool:
    return bool(on_duty([person(hours=hours)], at, None, None))


def test_without_hours_a_person_always_works() -> None:
    assert on_duty([person()], NOON, None, None) == (person(),)


def test_hours_are_the_wall_clocks_in_winter_and_in_summer() -> None:
    hours = WorkingHours(
        time_zone="Europe/Berlin",
        days=tuple(Shift(day=day, start=time(9), end=time(17)) for day in DAYS),
    )
    winter, summer = datetime(2026, 1, 13, tzinfo=UTC), datetime(2026, 7, 14, tzinfo=UTC)

    assert not works(hours, winter.replace(hour=7, minute=59))
    assert works(hours, winter.replace(hour=8))
    assert works(hours, summer.replace(hour=7))
    assert not works(hours, summer.replace(hour=15))


def test_a_shift_over_midnight_belongs_to_the_day_it_begins() -> None:
    night = berlin("tue", time(22), time(6))

    assert works(night, datetime(2026, 11, 24, 21, tzinfo=UTC))
    assert works(night, datetime(2026, 11, 25, 4, 59, tzinfo=UTC))
    assert not works(night, datetime(2026, 11, 25, 5, tzinfo=UTC))
    assert not works(night, datetime(2026, 11, 24, 4, tzinfo=UTC))


def test_the_night_of_the_change_to_winter_is_worked_through_both_times() -> None:
    night = berlin("sun", time(2), time(3))

    for hour in (0, 1):  # 02:30 summer time, then 02:30 winter time
        assert works(night, datetime(2026, 10, 25, hour, 30, tzinfo=UTC))
    assert not works(night, datetime(2026, 10, 25, 2, 30, tzinfo=UTC))


@given(
    zone=st.sampled_from(ZONES),
    at=st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)),  # noqa: DTZ001
    start=st.integers(0, 23),
    length=st.integers(1, 23),
    day=st.sampled_from(DAYS),
)
def test_nobody_is_told_outside_their_local_hours(
    zone: str, at: datetime, start: int, length: int, day: str
) -> None:
    moment = at.replace(tzinfo=UTC)
    end = (start + length) % 24
    hours = WorkingHours(time_zone=zone, days=(Shift(day=day, start=time(start), end=time(end)),))

    local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    begun = local.replace(hour=start, minute=0, second=0, microsecond=0)
    begun -= timedelta(days=1) if begun > local else timedelta(0)
    within = DAYS[begun.weekday()] == day and local < begun + timedelta(hours=length)

    assert works(hours, moment) is within


@given(
    away=st.lists(st.booleans(), min_size=1, max_size=6),
    hours=st.sampled_from([None, berlin("tue", time(0), time(23)), berlin("wed", time(9), time(17))]),
    tier=st.integers(1, 3),
    team=st.sampled_from([None, "billing"]),
    language=st.sampled_from([None, "de"]),
    since=st.integers(0, 100_000),
)
def test_whoever_is_away_is_not_on_duty_whatever_else_holds(
    away: list[bool],
    hours: WorkingHours | None,
    tier: int,
    team: str | None,
    language: str | None,
    since: int,
) -> None:
    left = NOON - timedelta(seconds=since)
    people = [
        person(str(number), tier=tier, hours=hours, away_since=left if is_away else None)
        for number, is_away in enumerate(away)
    ]

    told = {one.id for one in on_duty(people, NOON, team, language)}

    there = {str(number) for number, is_away in enumerate(away) if not is_away}
    assert told == (there if hours is None or works(hours, NOON) else set())


@pytest.mark.parametrize(
    ("team", "language", "told"),
    [
        (None, None, ["any", "billing"]),
        ("billing", None, ["any", "billing"]),
        ("sales", None, ["any"]),
        (None, "de-AT", ["any", "billing"]),
        (None, "de_AT", ["any", "billing"]),
        (None, "de-Latn-AT", ["any", "billing"]),
        ("billing", "en_US", ["any"]),
    ],
)
def test_team_and_language_are_matched(team: str | None, language: str | None, told: list[str]) -> None:
    people = [person("billing", teams=("billing",), languages=("de",)), person("any")]

    assert [one.id for one in on_duty(people, NOON, team, language)] == told


@pytest.mark.parametrize(("team", "told"), [(None, ["billing", "sales"]), ("sales", ["sales"]), ("it", [])])
def test_a_language_that_nobody_speaks_sends_nobody_of_the_team_home(
    team: str | None, told: list[str]
) -> None:
    people = [
        person("billing", teams=("billing",), languages=("de",)),
        person("sales", teams=("sales",), languages=("de",)),
    ]

    assert [one.id for one in on_duty(people, NOON, team, "fr")] == told


@pytest.mark.parametrize(
    ("email", "status", "reachable"),
    [
        (None, EmailStatus.NONE, False),
        ("a@example.com", EmailStatus.PENDING, False),
        ("a@example.com", EmailStatus.CONFIRMED, True),
    ],
)
def test_who_cannot_be_reached_is_not_on_duty(
    email: str | None, status: EmailStatus, *, reachable: bool
) -> None:
    one = person(phone=None, email=email, email_status=status)

    assert bool(on_duty([one], NOON, None, None)) is reachable


def test_tiers_come_one_after_the_other() -> None:
    people = on_duty([person("c", tier=3), person("b", tier=1), person("a", tier=1)], NOON, None, None)

    assert [one.id for one in tier_of(people, above=0)] == ["a", "b"]
    assert [one.id for one in tier_of(people, above=1)] == ["c"]
    assert tier_of(people, above=3) == ()


@pytest.mark.parametrize("zone", ["Nowhere/Else", "../etc/passwd", ""])
def test_hours_in_no_zone_are_refused(zone: str) -> None:
    with pytest.raises(BadHoursError):
        check_hours(WorkingHours(time_zone=zone, days=()))


def test_hours_on_no_day_are_refused() -> None:
    with pytest.raises(BadHoursError):
        check_hours(berlin("someday", time(9), time(17)))
    check_hours(berlin("mon", time(9), time(17)))
    check_hours(None)


def test_a_shift_that_ends_as_it_begins_is_a_whole_day() -> None:
    day = berlin("tue", time(9), time(9))

    assert works(day, datetime(2026, 11, 24, 8, tzinfo=UTC))
    assert works(day, datetime(2026, 11, 25, 7, 59, tzinfo=UTC))
    assert not works(day, datetime(2026, 11, 25, 8, tzinfo=UTC))
    assert not works(day, datetime(2026, 11, 24, 7, 59, tzinfo=UTC))
