"""What people answer without taking the call: the ladder waits for some and skips others."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from lambda_api.escalations import answering, claiming, looking, seating
from lambda_api.escalations.errors import (
    AlreadyClaimedError,
    EscalationEndedError,
    LinkExpiredError,
    SeatNotHeldError,
    UnknownLinkError,
)
from lambda_api.escalations.models import Entry, Escalation, HumanAgent, Reason, Role, Status
from lambda_api.escalations.opening import Request, open_escalation
from tests.unit.lambda_api.domain.fakes import World


def open_one(world: World) -> Escalation:
    request = Request(room="r", caller_identity="caller-1", reason=Reason.OTHER)
    return open_escalation(world.ports, request, key_name="w", idempotency_key="k").escalation


def look(world: World, row: Escalation, *, after: float = 0) -> Escalation:
    world.clock.advance(after)
    looking.look(world.ports, row.id, chain=False)
    return world.row(row)


def eta(
    world: World, row: Escalation, minutes: int, person: str = "maria", browser: str = "browser"
) -> Escalation:
    return answering.eta(world.ports, world.code(row, person), minutes, browser)


def decline(world: World, row: Escalation, person: str = "maria", number: int = 1) -> Escalation:
    return answering.decline(world.ports, world.code(row, person, number))


def test_the_ladder_waits_for_who_is_on_their_way(world: World, opened: Escalation) -> None:
    row = eta(world, opened, 2)

    assert row.eta
    assert (row.eta.name, row.eta.minutes, row.eta.at) == ("Maria", 2, world.clock())
    assert world.rooms.nudges[-1] == {
        "type": "eta",
        "escalation_id": row.id,
        "name": "Maria",
        "minutes": 2,
        "room": "r",
    }
    assert look(world, row, after=149).tier == 1
    later = look(world, row, after=1)
    assert (later.tier, later.eta) == (2, None)


def test_on_my_way_does_not_shorten_the_turn_of_the_others(world: World, opened: Escalation) -> None:
    row = eta(world, opened, 0)

    assert row.answer_by == opened.answer_by


def test_who_said_more_minutes_may_say_fewer(world: World, opened: Escalation) -> None:
    eta(world, opened, 30)

    assert look(world, eta(world, opened, 1), after=90).tier == 2


def test_the_same_answer_again_is_no_other(world: World, opened: Escalation) -> None:
    row = eta(world, opened, 2)
    world.clock.advance(10)

    assert eta(world, opened, 2) == row
    assert world.rooms.kinds().count("eta") == 1


def test_an_escalation_does_not_listen_for_ever(world: World, opened: Escalation) -> None:
    for minutes in range(30):
        eta(world, opened, minutes % 7)

    changes = [entry.change for entry in world.row(opened).timeline]
    assert changes.count("eta") == world.policy.etas


def test_a_link_lives_as_long_as_its_person_is_waited_for(world: World, opened: Escalation) -> None:
    eta(world, opened, 30)
    world.clock.advance(30 * 60)

    assert claiming.claim(world.ports, world.code(opened), "browser").escalation_id == opened.id


def test_who_has_the_call_may_take_a_moment_more_at_their_browser_only(
    world: World, claimed: Escalation
) -> None:
    with pytest.raises(SeatNotHeldError):
        eta(world, claimed, 2, browser="another")
    eta(world, claimed, 2)

    assert look(world, claimed, after=149).status is Status.CLAIMED
    assert look(world, claimed, after=1).status is Status.NOTIFIED


def test_what_was_said_before_the_claim_does_not_lengthen_it(world: World, opened: Escalation) -> None:
    eta(world, opened, 5)
    world.clock.advance(1)
    claiming.claim(world.ports, world.code(opened), "browser")

    row = look(world, opened, after=60)

    assert (row.status, row.eta) == (Status.NOTIFIED, None)


def test_who_is_in_the_call_is_not_on_their_way(world: World, connected: Escalation) -> None:
    assert eta(world, connected, 2) == connected


def test_nobody_is_on_their_way_to_a_call_that_is_taken_over_or_was_never_theirs(
    world: World, opened: Escalation
) -> None:
    look(world, opened, after=45)
    claiming.claim(world.ports, world.code(opened), "browser")
    with pytest.raises(AlreadyClaimedError) as refused:
        answering.eta(world.ports, world.code(opened, "jonas", 2), 1, "b")
    assert (refused.value.who, refused.value.since) == ("Maria", world.clock())
    seat = seating.create_seat(world.ports, "q", role=Role.HUMAN_AGENT)
    with pytest.raises(UnknownLinkError):
        answering.eta(world.ports, seat.code, 1, "b")
    world.store.rows[opened.id] = replace(world.row(opened), status=Status.CANCELLED)
    with pytest.raises(EscalationEndedError):
        eta(world, opened, 1)
    with pytest.raises(EscalationEndedError):
        decline(world, opened)


def test_an_expired_link_brings_nobody(world: World, opened: Escalation) -> None:
    world.clock.advance(world.policy.link_seconds)

    with pytest.raises(LinkExpiredError):
        eta(world, opened, 1)


def test_when_all_of_a_tier_decline_the_next_is_told_at_once(world: World, opened: Escalation) -> None:
    row = decline(world, opened)

    assert (row.tier, row.declined) == (2, ("maria",))
    assert [phone for phone, _ in world.notifier.texts] == ["+15005550101", "+15005550102"]
    assert world.rooms.nudges[-1] == {
        "type": "declined",
        "escalation_id": row.id,
        "name": "Maria",
        "room": "r",
    }


def test_when_all_of_the_last_tier_decline_nobody_is_left(world: World, opened: Escalation) -> None:
    decline(world, opened)

    row = decline(world, opened, "jonas", 2)

    assert (row.status, row.end_reason) == (Status.UNANSWERED, "nobody_answered")
    assert world.rooms.kinds()[-2:] == ["declined", "unanswered"]
    assert world.rooms.kinds().count("declined") == 1


def test_one_of_two_who_declines_leaves_the_other_their_turn(world: World) -> None:
    world.store.put_person(HumanAgent(id="anna", name="Anna", phone="+15005550103"))
    row = look(world, open_one(world))

    assert decline(world, row).answer_by == row.answer_by
    assert decline(world, row) == world.row(row)
    assert decline(world, row, "anna").tier == 2


def test_who_was_waited_for_and_declines_gives_the_others_a_turn(world: World) -> None:
    world.store.put_person(HumanAgent(id="anna", name="Anna", phone="+15005550103"))
    row = open_one(world)
    eta(world, row, 10)
    assert decline(world, row, "anna").eta
    world.clock.advance(100)

    last = decline(world, row)

    assert (last.eta, last.tier) == (None, 2)


def test_the_turn_of_the_others_begins_when_nobody_is_waited_for_any_more(world: World) -> None:
    world.store.put_person(HumanAgent(id="anna", name="Anna", phone="+15005550103"))
    row = open_one(world)
    eta(world, row, 10)
    world.clock.advance(100)

    now = decline(world, row)

    assert (now.answer_by, now.tier) == (world.clock() + timedelta(seconds=45), 1)


def test_who_declined_is_not_told_again_when_a_claim_comes_to_nothing(world: World) -> None:
    world.store.put_person(HumanAgent(id="anna", name="Anna", phone="+15005550103"))
    row = open_one(world)
    decline(world, row, "anna")
    claiming.claim(world.ports, world.code(row), "browser")

    look(world, row, after=60)

    assert [phone for phone, _ in world.notifier.texts].count("+15005550103") == 1


def test_who_declined_may_think_better_of_it(world: World) -> None:
    world.store.put_person(HumanAgent(id="anna", name="Anna", phone="+15005550103"))
    row = open_one(world)
    decline(world, row)
    assert eta(world, row, 1).declined == ()
    decline(world, row)

    claiming.claim(world.ports, world.code(row), "browser")

    assert world.row(row).declined == ()


def test_who_has_the_call_cannot_decline_it(world: World, claimed: Escalation) -> None:
    with pytest.raises(AlreadyClaimedError) as refused:
        decline(world, claimed)
    assert (refused.value.who, refused.value.since) == ("Maria", claimed.created_at)


def test_a_decline_beside_a_call_with_its_human_changes_nothing(world: World, opened: Escalation) -> None:
    look(world, opened, after=45)
    claiming.claim(world.ports, world.code(opened), "browser")
    world.store.rows[opened.id] = replace(world.row(opened), status=Status.CONNECTED)

    assert decline(world, opened, "jonas", 2) == world.row(opened)


def test_a_decline_is_kept_when_nothing_else_answers(world: World, opened: Escalation) -> None:
    world.rooms.down = world.notifier.down = True

    assert decline(world, opened).declined == ("maria",)


def test_the_same_answer_at_the_end_of_its_time_is_another(world: World, opened: Escalation) -> None:
    first = eta(world, opened, 2)
    assert first.eta
    world.clock.now = first.eta.until

    second = eta(world, opened, 2)

    assert second.eta
    assert second.eta.at == world.clock()


def test_a_decline_is_one_line_and_declining_again_is_none(world: World) -> None:
    world.store.put_person(HumanAgent(id="anna", name="Anna", phone="+15005550103"))
    row = open_one(world)
    world.clock.advance(10)

    first, again = decline(world, row), decline(world, row)

    assert first == again
    assert (first.tier, first.answer_by) == (1, row.answer_by)
    assert first.timeline[len(row.timeline) :] == (
        Entry(at=world.clock(), actor="human_agent:maria", change="declined", cause="link"),
    )


def test_a_decline_beside_a_call_with_its_human_is_not_noted(world: World, opened: Escalation) -> None:
    look(world, opened, after=45)
    claiming.claim(world.ports, world.code(opened), "browser")
    before = replace(world.row(opened), status=Status.CONNECTED)
    world.store.rows[opened.id] = before

    assert decline(world, opened, "jonas", 2) == before


def test_a_decline_begins_no_chain_of_looks(world: World, opened: Escalation) -> None:
    queued = len(world.timers.queued)

    decline(world, opened)

    assert not [one for one in world.timers.queued[queued:] if one[2]]
