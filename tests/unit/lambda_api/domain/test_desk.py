"""The desk: what it shows of today and of now, and the link by which a call is taken from there."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from lambda_api.escalations import answering, claiming, desk, ending, figures, roster, sessions
from lambda_api.escalations.errors import (
    AlreadyClaimedError,
    EscalationEndedError,
    LinkExpiredError,
    UnknownEscalationError,
)
from lambda_api.escalations.models import (
    Claim,
    Escalation,
    HumanAgent,
    LinkKind,
    Reason,
    Shift,
    Status,
    WorkingHours,
)
from lambda_api.escalations.names import hashed
from lambda_api.escalations.opening import Request, open_escalation
from lambda_api.escalations.outlines import Outline
from lambda_api.escalations.records import Link
from tests.unit.lambda_api.domain.fakes import START, World

EVE = HumanAgent(id="eve", name="Eve", phone="+15005550103", tier=3)
KOLKATA = WorkingHours(time_zone="Asia/Kolkata", days=(Shift(day="mon", start=time(9), end=time(17)),))


def maria(world: World) -> HumanAgent:
    return world.store.roster["maria"]


def another(world: World, key: str = "k-2") -> Escalation:
    world.rooms.add("caller-2", room="r2")
    request = Request(room="r2", caller_identity="caller-2", reason=Reason.EMERGENCY, team="sales")
    return open_escalation(world.ports, request, key_name="w", idempotency_key=key).escalation


def past(minutes: float, status: Status, *, answered_s: float | None = None, **more: object) -> Outline:
    """Asked for so many minutes ago, over a minute later."""
    created = START - timedelta(minutes=minutes)
    heard = created + timedelta(seconds=answered_s) if answered_s is not None else None
    claim = Claim(
        identity="i",
        human_agent_id="eve",
        name="Eve",
        browser=None,
        claimed_at=created,
        number=1,
        heard_at=heard,
    )
    facts = {
        "id": f"esc_{minutes}",
        "status": status,
        "reason": Reason.OTHER,
        "created_at": created,
        "ended_at": created + timedelta(minutes=1),
        "claim": claim if answered_s is not None else None,
    }
    return Outline(**(facts | more))  # type: ignore[arg-type]


def test_who_waits_comes_first_who_waits_longest(world: World, opened: Escalation) -> None:
    world.clock.advance(5)
    second = another(world)
    answering.eta(world.ports, world.code(opened), 2, "")

    board = desk.board(world.ports, maria(world))

    assert [one.id for one in board.waiting] == [opened.id, second.id]
    assert board.waiting[0].eta
    assert (board.waiting[1].reason, board.waiting[1].team) == (Reason.EMERGENCY, "sales")
    assert board.in_call == board.ended == ()


def test_a_call_that_is_taken_waits_until_its_person_is_heard(world: World, claimed: Escalation) -> None:
    [waiting] = desk.board(world.ports, maria(world)).waiting
    assert waiting.claim
    assert waiting.claim.name == "Maria"
    assert waiting.id == claimed.id


def test_a_call_with_its_person_is_a_call(world: World, connected: Escalation) -> None:
    board = desk.board(world.ports, maria(world))

    assert ([one.id for one in board.in_call], board.waiting) == ([connected.id], ())


def test_what_ended_today_comes_latest_first(world: World, opened: Escalation) -> None:
    second = another(world)
    for row in (opened, second):
        world.clock.advance(10)
        ending.close(world.ports, row, actor="w", cause="api", reason="caller_left")

    board = desk.board(world.ports, maria(world))

    assert [one.id for one in board.ended] == [second.id, opened.id]
    assert board.figures.day.abandoned == 2


@pytest.mark.parametrize(("hours", "listed"), [(None, 1), (KOLKATA, 0)])
def test_today_is_the_persons_own(world: World, opened: Escalation, hours: WorkingHours, listed: int) -> None:
    """Noon in London; eight hours later it is Wednesday in India and still Tuesday here."""
    ending.close(world.ports, opened, actor="w", cause="api", reason="caller_left")
    world.clock.advance(8 * 3600)

    board = desk.board(world.ports, replace(EVE, hours=hours))

    assert len(board.ended) == listed
    assert len(board.figures.by_hour) == (21 if hours is None else 2)


def test_a_call_over_midnight_is_todays(world: World, opened: Escalation) -> None:
    world.clock.advance(12 * 3600 + 60)
    world.store.rows[opened.id] = replace(world.row(opened), created_at=world.clock() - timedelta(minutes=2))
    ending.close(world.ports, world.row(opened), actor="w", cause="api", reason="caller_left")

    board = desk.board(world.ports, EVE)

    assert [count.abandoned for count in board.figures.by_hour] == [1]


def test_the_list_has_an_end_and_the_figures_have_not(world: World, opened: Escalation) -> None:
    row = ending.close(world.ports, opened, actor="w", cause="api", reason="caller_left")
    world.store.rows |= {f"esc_{number}": replace(row, id=f"esc_{number}") for number in range(80)}

    board = desk.board(world.ports, EVE)

    assert (len(board.ended), board.figures.day.abandoned) == (desk.MOST, 81)


def test_looking_at_the_desk_changes_nothing(world: World, opened: Escalation) -> None:
    before = str(world.store)

    for _ in range(20):
        desk.board(world.ports, maria(world))

    assert str(world.store) == before
    assert world.row(opened).status is Status.NOTIFIED


def test_somebody_who_was_not_told_takes_a_call_from_the_desk(world: World, opened: Escalation) -> None:
    world.store.put_person(EVE)

    code = desk.link(world.ports, EVE, opened.id)
    seat = claiming.claim(world.ports, code, "eve's browser")

    assert seat.identity.startswith("human-agent-eve-")
    assert world.row(opened).status is Status.CLAIMED


def test_a_link_from_the_desk_is_nobody_elses_and_the_same_each_time(
    world: World, opened: Escalation
) -> None:
    first, again = (desk.link(world.ports, EVE, opened.id) for _ in range(2))
    other = desk.link(world.ports, maria(world), opened.id)

    assert first == again
    assert len({first, other, world.code(opened)}) == 3
    assert first not in str(world.store)


def test_asking_for_a_link_claims_nothing(world: World, opened: Escalation) -> None:
    desk.link(world.ports, EVE, opened.id)

    assert world.row(opened) == opened


def test_a_link_from_the_desk_is_refused_as_a_claim_would_be(world: World, claimed: Escalation) -> None:
    with pytest.raises(AlreadyClaimedError) as refused:
        desk.link(world.ports, EVE, claimed.id)
    assert (refused.value.who, refused.value.since) == ("Maria", claimed.created_at)
    assert desk.link(world.ports, maria(world), claimed.id)
    ending.close(world.ports, claimed, actor="w", cause="api", reason="caller_left")
    with pytest.raises(EscalationEndedError):
        desk.link(world.ports, EVE, claimed.id)
    with pytest.raises(UnknownEscalationError):
        desk.link(world.ports, EVE, "esc_none")


def test_a_link_from_the_desk_expires_too(world: World, opened: Escalation) -> None:
    code = desk.link(world.ports, EVE, opened.id)
    world.clock.advance(world.policy.link_seconds)

    with pytest.raises(LinkExpiredError):
        claiming.claim(world.ports, code, "browser")


def test_whoever_is_away_is_not_told_of_a_caller_and_is_told_again_when_back(world: World) -> None:
    sessions.set_away(world.ports, maria(world), away=True)
    another(world, "k-3")
    assert [phone for phone, _ in world.notifier.texts] == ["+15005550102"]

    ending.close(
        world.ports, next(iter(world.store.rows.values())), actor="w", cause="api", reason="operator"
    )
    sessions.set_away(world.ports, maria(world), away=False)
    another(world, "k-4")

    assert world.notifier.texts[-1][0] == "+15005550101"


def test_since_when_somebody_is_away_is_when_they_first_said_so(world: World) -> None:
    first = sessions.set_away(world.ports, maria(world), away=True)
    world.clock.advance(60)
    again = sessions.set_away(world.ports, maria(world), away=True)

    assert first.away_since == again.away_since == START


def test_an_admin_who_changes_a_person_does_not_call_them_back(world: World) -> None:
    sessions.set_away(world.ports, maria(world), away=True)

    roster.put(world.ports, HumanAgent(id="maria", name="Maria B.", phone="+15005550101"))

    assert maria(world).away_since == START


def test_the_figures_count_each_call_once_and_by_its_hour() -> None:
    day = [
        past(30, Status.COMPLETED, answered_s=10),
        past(90, Status.HANDED_BACK, answered_s=30),
        past(91, Status.COMPLETED, answered_s=20),
        past(95, Status.UNANSWERED),
        past(150, Status.CANCELLED),
        past(151, Status.FAILED),
        past(152, Status.COMPLETED, answered_s=0, reason=Reason.DIRECT_JOIN),
    ]

    told = figures.of_day(day, UTC, hours=13, midnight=START - timedelta(hours=12))

    assert told.day == figures.Count(answered=3, unanswered=2, abandoned=1, median_answer_s=20)
    assert told.by_hour[11] == figures.Count(answered=1, unanswered=0, abandoned=0, median_answer_s=10)
    assert told.by_hour[10] == figures.Count(answered=2, unanswered=1, abandoned=0, median_answer_s=25)
    assert told.by_hour[9] == figures.Count(answered=0, unanswered=1, abandoned=1, median_answer_s=None)


@given(
    minutes=st.lists(st.floats(0, 20 * 60), max_size=30),
    statuses=st.lists(st.sampled_from([Status.COMPLETED, Status.UNANSWERED, Status.CANCELLED]), min_size=30),
)
def test_the_hours_add_up_to_the_day(minutes: list[float], statuses: list[Status]) -> None:
    day = [
        past(ago, status, answered_s=5 if status is Status.COMPLETED else None)
        for ago, status in zip(minutes, statuses, strict=False)
    ]
    midnight = datetime(2026, 11, 24, tzinfo=UTC)

    told = figures.of_day(day, UTC, hours=13, midnight=midnight)

    for name in ("answered", "unanswered", "abandoned"):
        assert sum(getattr(hour, name) for hour in told.by_hour) == getattr(told.day, name)
    assert told.day.answered + told.day.unanswered + told.day.abandoned == len(day)


def test_the_desk_shows_of_a_call_what_its_row_says(world: World, connected: Escalation) -> None:
    now = world.clock()
    row = replace(connected, team="sales", language="de")
    world.store.rows[row.id] = row

    board = desk.board(world.ports, maria(world))

    assert board.now == now
    assert board.in_call == (
        Outline(
            id=row.id,
            status=Status.CONNECTED,
            reason=Reason.CALLER_REQUEST,
            created_at=row.created_at,
            team="sales",
            language="de",
            claim=row.claim,
            eta=None,
            ended_at=None,
        ),
    )


@pytest.mark.parametrize(("before", "listed"), [(0, 1), (1, 0)])
def test_today_begins_at_midnight_to_the_microsecond(
    world: World, opened: Escalation, before: int, listed: int
) -> None:
    row = ending.close(world.ports, opened, actor="w", cause="api", reason="caller_left")
    ended = START.replace(hour=0) - timedelta(microseconds=before)
    world.store.rows[row.id] = replace(row, created_at=ended - timedelta(minutes=1), ended_at=ended)
    world.clock.now = START.replace(minute=34, second=56, microsecond=789_000)

    assert len(desk.board(world.ports, EVE).ended) == listed


def test_the_hours_of_the_day_are_the_persons_own(world: World, opened: Escalation) -> None:
    ending.close(world.ports, opened, actor="w", cause="api", reason="caller_left")
    world.clock.advance(3600)

    board = desk.board(world.ports, replace(EVE, hours=KOLKATA))

    assert [hour for hour, count in enumerate(board.figures.by_hour) if count.abandoned] == [17]


def test_a_link_from_the_desk_is_stored_as_one_that_was_sent(world: World, opened: Escalation) -> None:
    code = desk.link(world.ports, EVE, opened.id)

    assert code == world.code(opened, "eve", desk.FROM_THE_DESK)
    assert world.store.links[hashed(code)] == Link(
        code_hash=hashed(code),
        kind=LinkKind.CLAIM,
        room="r",
        human_agent_id="eve",
        name="Eve",
        valid_until=world.clock() + timedelta(seconds=900),
        escalation_id=opened.id,
    )


def test_two_calls_have_two_links_from_the_desk(world: World, opened: Escalation) -> None:
    second = another(world)

    codes = {desk.link(world.ports, EVE, row.id) for row in (opened, second)}

    assert len(codes) == 2


def test_whoever_asked_before_midnight_counts_in_the_first_hour() -> None:
    """And whoever asked by another machine's quicker clock, in the last."""
    day = [past(12 * 60 + 10, Status.CANCELLED), past(-60, Status.UNANSWERED)]

    told = figures.of_day(day, UTC, hours=13, midnight=START - timedelta(hours=12))

    assert [hour for hour, count in enumerate(told.by_hour) if count.abandoned] == [0]
    assert [hour for hour, count in enumerate(told.by_hour) if count.unanswered] == [12]


@pytest.mark.parametrize(("answered_s", "waited"), [(0.4, 0.4), (-2, 0), (None, 60)])
def test_a_wait_ends_with_a_voice_or_with_the_call(answered_s: float | None, waited: float) -> None:
    assert figures.waited_s(past(5, Status.COMPLETED, answered_s=answered_s)) == waited


def test_nobody_has_waited_for_a_call_that_has_not_ended_yet() -> None:
    assert figures.waited_s(past(5, Status.NOTIFIED, ended_at=None)) == 0


def test_the_usual_answer_is_told_to_a_tenth_of_a_second() -> None:
    told = figures.of_day([past(5, Status.COMPLETED, answered_s=20.26)], UTC, hours=13, midnight=START)

    assert told.day.median_answer_s == 20.3
