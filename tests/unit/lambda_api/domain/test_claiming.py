"""A link: looking at it has no effect, the first press wins, the winner may come back."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from lambda_api.escalations import claiming, ending, looking
from lambda_api.escalations.errors import (
    AlreadyClaimedError,
    ConflictError,
    EscalationEndedError,
    LinkExpiredError,
    TooBusyError,
    TooManyClaimsError,
    UnknownLinkError,
)
from lambda_api.escalations.models import Escalation, Eta, LinkKind, Role, Status
from lambda_api.escalations.places import Ended, Seat, View
from tests.unit.lambda_api.domain.fakes import World


def test_looking_at_a_link_fifty_times_changes_nothing(world: World, opened: Escalation) -> None:
    before = world.row(opened)

    views = {claiming.view(world.ports, world.code(opened)) for _ in range(50)}

    [view] = views
    assert (view.status, view.role, view.taken_by) == (Status.NOTIFIED, Role.HUMAN_AGENT, None)
    assert world.row(opened) == before


def test_a_link_shows_what_its_row_says(world: World, opened: Escalation) -> None:
    now = world.clock()
    eta = Eta(human_agent_id="maria", name="Maria", minutes=5, at=now, until=now + timedelta(minutes=5))
    more: dict[str, Any] = {"team": "sales", "language": "de", "eta": eta, "declined": ("maria",)}
    world.store.rows[opened.id] = replace(opened, **more)
    expected = View(
        kind=LinkKind.CLAIM,
        role=Role.HUMAN_AGENT,
        room="r",
        name="Maria",
        escalation_id=opened.id,
        reason=opened.reason,
        team="sales",
        language="de",
        status=Status.NOTIFIED,
        waiting_since=opened.created_at,
        eta=eta,
        declined=True,
    )

    assert claiming.view(world.ports, world.code(opened)) == expected


def test_a_link_shows_who_has_taken_the_call_and_when(world: World, claimed: Escalation) -> None:
    world.clock.advance(5)

    view = claiming.view(world.ports, world.code(claimed))

    assert (view.taken_by, view.taken_at) == ("Maria", claimed.created_at)
    assert not view.declined


def test_the_first_press_wins(world: World, opened: Escalation) -> None:
    seat = claiming.claim(world.ports, world.code(opened), "browser")

    row = world.row(opened)
    assert row.status is Status.CLAIMED
    assert row.claim
    assert row.claim.identity == seat.identity
    assert seat.identity.startswith("human-agent-maria-")
    assert (seat.escalation_id, seat.name, seat.room) == (row.id, "Maria", "r")
    assert row.timeline[-1].change == "claimed"
    assert "browser" not in str(row.claim.browser)


def test_the_room_is_told_of_the_claim_and_its_end_is_watched(world: World, claimed: Escalation) -> None:
    assert claimed.claim
    assert world.rooms.nudges[-1] == {
        "type": "claimed",
        "escalation_id": claimed.id,
        "identity": claimed.claim.identity,
        "name": "Maria",
        "room": "r",
    }
    assert world.timers.queued[-1] == (claimed.id, 60, False)


def test_another_browser_learns_who_has_the_call_and_since_when(world: World, claimed: Escalation) -> None:
    with pytest.raises(AlreadyClaimedError) as raised:
        claiming.claim(world.ports, world.code(claimed), "another browser")

    assert claimed.claim
    assert (raised.value.who, raised.value.since) == ("Maria", claimed.claim.claimed_at)
    assert claiming.view(world.ports, world.code(claimed)).taken_by == "Maria"


def test_another_person_loses_by_their_own_link(world: World, opened: Escalation) -> None:
    world.clock.advance(45)
    looking.look(world.ports, opened.id, chain=False)
    claiming.claim(world.ports, world.code(opened), "browser")

    with pytest.raises(AlreadyClaimedError):
        claiming.claim(world.ports, world.code(opened, "jonas", 2), "jonas's browser")


def test_two_people_at_one_browser_are_still_two_people(world: World, opened: Escalation) -> None:
    world.clock.advance(45)
    looking.look(world.ports, opened.id, chain=False)
    claiming.claim(world.ports, world.code(opened), "one browser")

    with pytest.raises(AlreadyClaimedError):
        claiming.claim(world.ports, world.code(opened, "jonas", 2), "one browser")


def test_the_same_browser_comes_back_with_a_new_identity(world: World, claimed: Escalation) -> None:
    again = claiming.claim(world.ports, world.code(claimed), "browser")

    row = world.row(claimed)
    assert claimed.claim
    assert row.claim
    assert again.identity != claimed.claim.identity
    assert row.claim.holds(claimed.claim.identity)
    assert row.claim.holds(again.identity)
    assert (row.status, row.claim.number) == (Status.CLAIMED, 2)


def test_a_claim_decides_again_after_a_conflict(world: World, opened: Escalation) -> None:
    world.store.faults = [ConflictError()] * 4

    assert claiming.claim(world.ports, world.code(opened), "browser").escalation_id == opened.id


def test_endless_conflicts_end_in_a_failure(world: World, opened: Escalation) -> None:
    world.store.faults = [ConflictError()] * 5

    with pytest.raises(TooBusyError):
        claiming.claim(world.ports, world.code(opened), "browser")


def test_a_link_that_nobody_gave_out_is_unknown(world: World) -> None:
    with pytest.raises(UnknownLinkError):
        claiming.view(world.ports, "never-given-out-anywhere")


def test_a_link_without_its_row_is_unknown(world: World, opened: Escalation) -> None:
    world.store.rows.clear()

    with pytest.raises(UnknownLinkError):
        claiming.view(world.ports, world.code(opened))


def test_an_unclaimed_link_expires_by_itself(world: World, opened: Escalation) -> None:
    world.clock.advance(world.policy.link_seconds)

    view = claiming.view(world.ports, world.code(opened))

    assert view.ended == Ended(
        words="This link has expired.", reason="link_expired", at=world.clock(), status=Status.NOTIFIED
    )
    with pytest.raises(LinkExpiredError):
        claiming.claim(world.ports, world.code(opened), "browser")


def test_coming_back_again_and_again_ends_before_the_row_outgrows_its_place(
    world: World, claimed: Escalation
) -> None:
    for _ in range(world.ports.policy.returns):
        claiming.claim(world.ports, world.code(claimed), "browser")
    before = world.row(claimed)

    with pytest.raises(TooManyClaimsError):
        claiming.claim(world.ports, world.code(claimed), "browser")

    assert world.row(claimed) == before


def test_whoever_takes_the_call_after_somebody_who_came_back_too_often_may_come_back(
    world: World, claimed: Escalation
) -> None:
    for _ in range(world.ports.policy.returns):
        claiming.claim(world.ports, world.code(claimed), "browser")
    world.clock.advance(61)
    looking.look(world.ports, claimed.id, chain=False)
    assert world.row(claimed).status is Status.NOTIFIED

    for _ in range(2):
        claiming.claim(world.ports, world.code(claimed), "another browser")

    assert world.row(claimed).timeline[-1].change == "came_back"


def test_the_winner_may_come_back_after_the_link_has_expired(world: World, connected: Escalation) -> None:
    world.clock.advance(world.policy.link_seconds)

    seat = claiming.claim(world.ports, world.code(connected), "browser")

    assert seat.escalation_id == connected.id
    assert world.row(connected).status is Status.CONNECTED


def test_after_the_end_the_link_says_why(world: World, opened: Escalation) -> None:
    ending.close(world.ports, opened, actor="caller", cause="webhook", reason="caller_left")

    view = claiming.view(world.ports, world.code(opened))
    with pytest.raises(EscalationEndedError) as raised:
        claiming.claim(world.ports, world.code(opened), "browser")

    assert view.ended == Ended(
        words="The caller left at 12:00 UTC.",
        reason="caller_left",
        at=world.clock(),
        status=Status.CANCELLED,
    )
    assert raised.value.words == "The caller left at 12:00 UTC."
    assert raised.value.reason == "caller_left"


def test_only_the_browser_that_took_the_call_sees_it_as_its_own(world: World, claimed: Escalation) -> None:
    code = world.code(claimed)

    seen = [claiming.view(world.ports, code, browser).yours for browser in ("browser", "another", "")]

    assert seen == [True, False, False]


def test_a_claim_stands_when_livekit_and_the_timers_are_down(world: World, opened: Escalation) -> None:
    world.rooms.down = world.timers.down = True

    claiming.claim(world.ports, world.code(opened), "browser")

    assert world.row(opened).status is Status.CLAIMED


def test_whoever_presses_gets_the_place_that_the_row_says(world: World, opened: Escalation) -> None:
    seat = claiming.claim(world.ports, world.code(opened), "browser")

    claim = world.row(opened).claim
    assert claim
    assert seat == Seat(
        id=f"{opened.id}.1",
        room="r",
        identity=claim.identity,
        name="Maria",
        role=Role.HUMAN_AGENT,
        escalation_id=opened.id,
        valid_until=opened.created_at + timedelta(seconds=900),
    )


def test_coming_back_is_no_news_to_the_room(world: World, claimed: Escalation) -> None:
    nudges, queued = len(world.rooms.nudges), len(world.timers.queued)

    again = claiming.claim(world.ports, world.code(claimed), "browser")

    assert again.identity.startswith("human-agent-maria-")
    assert (len(world.rooms.nudges), len(world.timers.queued)) == (nudges, queued)
