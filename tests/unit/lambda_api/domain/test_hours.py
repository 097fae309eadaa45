"""Nobody is asked for outside their working hours: any zone, any change of the clock, any roster."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lambda_api.escalations import answering, callbacks, claiming, looking
from lambda_api.escalations.errors import EscalationError
from lambda_api.escalations.models import HumanAgent, Reason, Shift, WorkingHours
from lambda_api.escalations.names import hashed
from lambda_api.escalations.opening import Request, open_escalation
from lambda_api.escalations.records import Wish
from tests.unit.lambda_api.domain.fakes import FakeNotifier, World

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "UTC",
)
# Around these the clocks change somewhere in ZONES.
CHANGES = (
    datetime(2026, 3, 8, 7, tzinfo=UTC),
    datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 4, 4, 15, tzinfo=UTC),
    datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2026, 11, 1, 6, tzinfo=UTC),
)
TIMES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 30, 59]))
SHIFTS = st.builds(Shift, day=st.sampled_from(DAYS), start=TIMES, end=TIMES)
HOURS = st.builds(
    WorkingHours,
    time_zone=st.sampled_from(ZONES),
    days=st.lists(SHIFTS, max_size=10).map(tuple),
)
NEAR = st.builds(timedelta, minutes=st.integers(-180, 180))
MOMENTS = st.one_of(
    st.builds(lambda at, near: at + near, st.sampled_from(CHANGES), NEAR),
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
)
ROSTERS = st.lists(st.tuples(st.one_of(st.none(), HOURS), st.integers(1, 3)), min_size=1, max_size=5)


def at_work(hours: WorkingHours | None, at: datetime) -> bool:
    """By counting the local minutes of a week: another way than the code's own."""
    if hours is None:
        return True
    local = at.astimezone(ZoneInfo(hours.time_zone))
    now = timedelta(days=local.weekday(), hours=local.hour, minutes=local.minute, seconds=local.second)
    return any(_spans(shift, now) for shift in hours.days)


def _spans(shift: Shift, now: timedelta) -> bool:
    week, day = timedelta(days=7), timedelta(days=DAYS.index(shift.day))
    begin = day + timedelta(hours=shift.start.hour, minutes=shift.start.minute)
    end = day + timedelta(hours=shift.end.hour, minutes=shift.end.minute)
    end += timedelta(days=1) if end <= begin else timedelta(0)
    return begin <= now < end or begin <= now + week < end


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(roster=ROSTERS, start=MOMENTS, data=st.data())
def test_nobody_is_asked_for_outside_their_hours(
    roster: list[tuple[WorkingHours | None, int]], start: datetime, data: st.DataObject
) -> None:
    world = World()
    world.clock.now = start
    world.rooms.add("caller-1")
    hours: dict[str, WorkingHours | None] = {}
    for number, (working, tier) in enumerate(roster):
        phone = f"+1500555{number:04d}"
        hours[phone] = working
        world.store.put_person(HumanAgent(id=f"p{number}", name="P", tier=tier, phone=phone, hours=working))
    request = Request(room="r", caller_identity="caller-1", reason=Reason.OTHER)
    world.notifier.down = data.draw(st.booleans())

    row = open_escalation(world.ports, request, key_name="w", idempotency_key="k").escalation
    told = check(world.notifier, hours, world.clock.now, 0)
    for _ in range(data.draw(st.integers(1, 8))):
        act(world, row.id, data)
        told = check(world.notifier, hours, world.clock.now, told)


def act(world: World, escalation_id: str, data: st.DataObject) -> None:
    world.clock.advance(data.draw(st.sampled_from([0, 1, 31, 46, 61, 1800])))
    world.notifier.down = data.draw(st.booleans())
    one = world.store.rows[escalation_id].told[-1:]
    code = world.ports.codes.derive(escalation_id, one[0].human_agent_id, one[0].round) if one else ""
    try:
        if data.draw(st.booleans()) and world.store.link(hashed(code)):
            answer = data.draw(st.sampled_from([claiming.claim, answering.decline]))
            answer(world.ports, code, *(["browser"] if answer is claiming.claim else []))  # type: ignore[operator]
        elif data.draw(st.booleans()):
            wish = Wish(name="A", phone="+15005550177", when="")
            callbacks.ask(world.ports, escalation_id, wish, actor="w")
    except EscalationError:
        pass
    looking.sweep(world.ports)


def check(notifier: FakeNotifier, hours: dict[str, WorkingHours | None], at: datetime, before: int) -> int:
    for phone, _ in notifier.texts[before:]:
        assert at_work(hours[phone], at)
    return len(notifier.texts)


def test_whose_hours_end_before_they_are_told_is_not_told() -> None:
    world = World()
    world.rooms.add("caller-1")
    until_noon = WorkingHours(time_zone="UTC", days=(Shift(day="tue", start=time(9), end=time(12)),))
    world.clock.now = datetime(2026, 11, 24, 11, 59, 58, tzinfo=UTC)
    world.store.put_person(HumanAgent(id="maria", name="Maria", phone="+15005550101", hours=until_noon))
    world.notifier.down = True
    request = Request(room="r", caller_identity="caller-1", reason=Reason.OTHER)
    row = open_escalation(world.ports, request, key_name="w", idempotency_key="k").escalation
    world.notifier.down = False

    world.clock.advance(5)
    looking.look(world.ports, row.id, chain=False)

    assert not world.notifier.texts
    assert not world.store.items
