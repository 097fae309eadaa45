"""Seats that other systems ask for, and what pressing their links does."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from msgspec.structs import replace

from lambda_api.escalations import claiming, ending, presence, pressing, reading, seating
from lambda_api.escalations.errors import (
    AlreadyClaimedError,
    ConflictError,
    LinkExpiredError,
    ReservedIdentityError,
    TooBusyError,
    UnknownLinkError,
)
from lambda_api.escalations.models import Claim, Entry, Escalation, LinkKind, Reason, Role, Status
from lambda_api.escalations.names import hashed
from lambda_api.escalations.opening import Request, open_escalation
from lambda_api.escalations.places import Ended, Seat, View
from lambda_api.escalations.records import Pointer
from lambda_api.escalations.rooms import EventKind, RoomEvent
from tests.unit.lambda_api.domain.fakes import MemoryStore, World


def joins(world: World, identity: str, *, sid: str = "PA_seat", event_id: str = "EV_seat") -> None:
    world.rooms.add(identity, sid=sid)
    kind = EventKind.PARTICIPANT_JOINED
    presence.apply(
        world.ports, RoomEvent(id=event_id, kind=kind, room="r", room_sid="RM_1", identity=identity, sid=sid)
    )


@pytest.mark.parametrize(
    "identity", ["human-agent-x", "agent-x", "observer-x", " Human-Agent-x", "ｈuman-agent-x"]
)
def test_a_caller_may_not_bear_another_roles_prefix(world: World, identity: str) -> None:
    with pytest.raises(ReservedIdentityError):
        seating.create_seat(world.ports, "r", role=Role.CALLER, identity=identity)


@pytest.mark.parametrize("role", [Role.CALLER, Role.OBSERVER])
@pytest.mark.parametrize("name", ["human-agent-maria", "HUMAN-AGENT-maria"])
def test_nobody_else_may_be_shown_as_a_human_agent(world: World, role: Role, name: str) -> None:
    with pytest.raises(ReservedIdentityError):
        seating.create_seat(world.ports, "r", role=role, name=name)


def test_livekits_own_sip_human_is_not_ours_to_give(world: World) -> None:
    with pytest.raises(ReservedIdentityError):
        seating.create_seat(world.ports, "r", role=Role.HUMAN_AGENT, identity="human-agent-sip")


@pytest.mark.parametrize(
    ("role", "identity", "prefix"),
    [
        (Role.CALLER, None, "caller-"),
        (Role.CALLER, "anna", "anna"),
        (Role.OBSERVER, None, "observer-"),
        (Role.OBSERVER, "observer-1", "observer-1"),
        (Role.HUMAN_AGENT, None, "human-agent-guest-"),
        (Role.HUMAN_AGENT, "maria", "human-agent-maria-"),
        (Role.HUMAN_AGENT, "human-agent-7", "human-agent-7"),
    ],
)
def test_each_role_has_its_own_identities(
    world: World, role: Role, identity: str | None, prefix: str
) -> None:
    seat = seating.create_seat(world.ports, "other", role=role, identity=identity)

    assert seat.identity.startswith(prefix)
    assert len(seat.code) == 22
    assert claiming.view(world.ports, seat.code).role is role


def test_what_is_given_is_what_is_kept(world: World) -> None:
    seat = seating.create_seat(world.ports, "other", role=Role.OBSERVER, name="Eva", identity="observer-1")

    now = world.clock()
    until = now + timedelta(seconds=world.policy.seat_seconds)
    [grant] = world.store.grants("other")
    link = world.store.links[hashed(seat.code)]
    assert seat == Seat(
        id=grant.seat_id,
        room="other",
        identity="observer-1",
        name="Eva",
        role=Role.OBSERVER,
        escalation_id=None,
        valid_until=until,
        code=seat.code,
    )
    assert (grant.human_agent_id, grant.created_at) == (f"guest-{grant.seat_id}", now)
    assert (link.name, link.valid_until) == ("Eva", until)
    assert claiming.claim(world.ports, seat.code, "browser").code == ""


def test_a_new_identity_is_of_48_random_bits(world: World) -> None:
    seat = seating.create_seat(world.ports, "other", role=Role.CALLER)

    assert re.fullmatch(r"caller-[0-9a-f]{12}", seat.identity)


def test_a_callers_seat_keeps_its_identity_and_its_browser(world: World) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.CALLER, name="Anna")

    world.clock.advance(60)
    first = claiming.claim(world.ports, seat.code, "browser")
    again = claiming.claim(world.ports, seat.code, "browser")

    assert first.identity == again.identity == seat.identity
    with pytest.raises(AlreadyClaimedError) as raised:
        claiming.claim(world.ports, seat.code, "another")
    assert (raised.value.who, raised.value.since) == ("Anna", world.clock())


def test_a_human_agents_seat_gives_a_new_identity_at_every_press(world: World) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.HUMAN_AGENT, name="Eva")

    first = claiming.claim(world.ports, seat.code, "browser")
    again = claiming.claim(world.ports, seat.code, "browser")

    assert len({seat.identity, first.identity, again.identity}) == 3
    assert first.escalation_id is None
    known = {one.identity for one in reading.room_view(world.ports, "r").human_agents}
    assert {seat.identity, first.identity, again.identity} <= known


def test_a_human_agents_seat_is_the_claim_of_the_open_escalation(world: World, opened: Escalation) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.HUMAN_AGENT, name="Eva")

    row = world.row(opened)
    assert row.claim
    assert (row.status, row.claim.identity, seat.escalation_id) == (Status.CLAIMED, seat.identity, row.id)
    who = f"human_agent:{row.claim.human_agent_id}"
    assert row.timeline[-1] == Entry(at=world.clock(), actor=who, change="claimed", cause="seat")
    pressed = claiming.claim(world.ports, seat.code, "browser")
    assert (pressed.escalation_id, world.row(opened).claim is None) == (row.id, False)
    with pytest.raises(AlreadyClaimedError):
        claiming.claim(world.ports, world.code(opened), "maria's")


def test_a_seat_that_is_the_claim_already_changes_nothing(world: World, opened: Escalation) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.HUMAN_AGENT)
    before = world.row(opened)

    assert pressing.attach(world.ports, world.store.seats["r", seat.identity]) == opened.id

    assert world.row(opened) == before


def test_no_seat_beside_a_human_who_has_the_call(world: World, claimed: Escalation) -> None:
    with pytest.raises(AlreadyClaimedError) as raised:
        seating.create_seat(world.ports, "r", role=Role.HUMAN_AGENT)

    assert raised.value.who == "Maria"
    assert not world.store.seats
    del claimed


def test_a_press_decides_again_after_a_conflict(world: World) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.CALLER)
    world.store.faults = [ConflictError()]

    assert claiming.claim(world.ports, seat.code, "browser").identity == seat.identity
    world.store.faults = [ConflictError()] * 5
    with pytest.raises(TooBusyError):
        claiming.claim(world.ports, seat.code, "browser")


def test_a_seat_expires(world: World) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.OBSERVER)
    world.clock.advance(world.policy.seat_seconds)

    view = claiming.view(world.ports, seat.code)

    assert view.ended == Ended(
        words="This link has expired.", reason="link_expired", at=seat.valid_until, status=None
    )
    with pytest.raises(LinkExpiredError):
        claiming.claim(world.ports, seat.code, "browser")


def test_a_seat_is_its_browsers_and_taken_for_everybody_else(world: World) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.CALLER, name="Ada")
    before = claiming.view(world.ports, seat.code, "browser")
    claiming.claim(world.ports, seat.code, "browser")

    mine, other = (claiming.view(world.ports, seat.code, one) for one in ("browser", "another"))

    assert (before.yours, before.taken_by) == (False, None)
    assert mine.yours
    assert (other.yours, other.taken_by, other.taken_at) == (False, "Ada", world.clock())


def test_the_view_of_a_human_agents_seat_says_who_has_the_call(world: World) -> None:
    seat = seating.create_seat(world.ports, "empty", role=Role.HUMAN_AGENT, name="Eve")
    world.rooms.add("caller-2", room="empty")
    request = Request(room="empty", caller_identity="caller-2", reason=Reason.OTHER)
    row = open_escalation(world.ports, request, key_name="w", idempotency_key="k-2").escalation
    claiming.claim(world.ports, world.code(row), "maria's browser")

    view = claiming.view(world.ports, seat.code, "eve's browser")

    assert (view.taken_by, view.yours) == ("Maria", False)


def test_a_link_without_its_seat_is_unknown(world: World) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.OBSERVER)
    world.store.seats.clear()

    with pytest.raises(UnknownLinkError):
        claiming.claim(world.ports, seat.code, "browser")


def test_the_view_of_a_seat_says_what_is_open_in_its_room(world: World, opened: Escalation) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.OBSERVER)

    view = claiming.view(world.ports, seat.code)

    assert (view.kind, view.escalation_id) == (LinkKind.SEAT, opened.id)


def test_joining_by_a_seat_opens_a_row_that_is_claimed_and_there(world: World) -> None:
    caller = seating.create_seat(world.ports, "r", role=Role.CALLER, identity="anna")
    seat = seating.create_seat(world.ports, "r", role=Role.HUMAN_AGENT, name="Eva")

    joins(world, seat.identity)

    [row] = world.store.rows.values()
    assert row.claim
    assert (row.status, row.reason, row.claim.sid) == (Status.CLAIMED, Reason.DIRECT_JOIN, "PA_seat")
    assert row.caller_identity == caller.identity
    assert [entry.change for entry in row.timeline] == ["claimed", "human_there"]
    assert (row.id, 5, True) in world.timers.queued
    assert not world.notifier.texts


def test_without_a_callers_seat_the_caller_is_who_is_neither_agent_nor_ours(world: World) -> None:
    world.rooms.add("observer-1")
    seat = seating.create_seat(world.ports, "r", role=Role.HUMAN_AGENT)

    joins(world, seat.identity)

    assert [row.caller_identity for row in world.store.rows.values()] == ["caller-1"]


def test_without_an_agent_the_row_knows_none(world: World) -> None:
    world.rooms.drop("agent-1")
    seat = seating.create_seat(world.ports, "r", role=Role.HUMAN_AGENT)

    joins(world, seat.identity)

    assert [row.agent_identity for row in world.store.rows.values()] == [""]


def test_without_livekits_list_the_caller_stays_open(world: World) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.HUMAN_AGENT)
    world.rooms.down = True

    joins(world, seat.identity)

    assert [row.caller_identity for row in world.store.rows.values()] == [""]


def test_a_seat_made_before_the_request_becomes_its_claim_by_joining(world: World) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.HUMAN_AGENT, name="Eva")
    request = Request(room="r", caller_identity="caller-1", reason=Reason.OTHER)
    row = open_escalation(world.ports, request, key_name="w", idempotency_key="k").escalation

    joins(world, seat.identity)

    now = world.row(row)
    assert now.claim
    assert (now.claim.name, now.claim.sid, now.status) == ("Eva", "PA_seat", Status.CLAIMED)


def test_a_second_human_with_a_seat_is_let_in_and_changes_nothing(world: World) -> None:
    first = seating.create_seat(world.ports, "r", role=Role.HUMAN_AGENT, name="Eva")
    second = seating.create_seat(world.ports, "r", role=Role.HUMAN_AGENT, name="Otto")
    joins(world, first.identity)

    joins(world, second.identity, sid="PA_2", event_id="EV_2")

    [row] = world.store.rows.values()
    assert row.claim
    assert row.claim.name == "Eva"
    assert not world.rooms.removed


def test_two_joins_at_once_open_one_row(world: World) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.HUMAN_AGENT)
    world.store.faults = [ConflictError()] * 4

    joins(world, seat.identity)

    assert len(world.store.rows) == 1


def cancel(world: World, row: Escalation) -> None:
    ending.close(world.ports, row, actor="caller", cause="webhook", reason="caller_left")


def test_a_join_that_cannot_be_stored_is_left_to_livekits_retry(world: World) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.HUMAN_AGENT)
    world.store.faults = [ConflictError()] * 5

    with pytest.raises(TooBusyError):
        joins(world, seat.identity)


def test_a_seat_joins_a_new_row_when_the_old_one_ends_at_that_moment(
    world: World, opened: Escalation
) -> None:
    seat = seating.create_seat(world.ports, "x", role=Role.HUMAN_AGENT)
    [grant] = world.store.seats.values()
    world.store.seats = {("r", seat.identity): replace(grant, room="r")}
    world.store.meanwhile = lambda: cancel(world, opened)

    joins(world, seat.identity)

    first, second = world.store.rows.values()
    assert (first.status, second.status, second.epoch) == (Status.CANCELLED, Status.CLAIMED, 2)


@dataclass
class Overtaken(MemoryStore):
    """Right after one of its answers about a room, somebody else is quicker."""

    after: int = 0
    rival: Callable[[], None] = lambda: None
    answers: int = 0

    def pointer(self, room: str) -> Pointer | None:
        found = super().pointer(room)
        self.answers += 1
        if self.answers == self.after:
            self.rival()
        return found


@pytest.mark.parametrize("after", range(1, 5))
def test_a_direct_join_told_of_twice_at_once_is_one_call(after: int) -> None:
    store = Overtaken(after=after)
    world = World(store=store)
    seat = seating.create_seat(world.ports, "r", role=Role.HUMAN_AGENT, identity="maria")
    store.answers, store.rival = 0, lambda: joins(world, seat.identity, event_id="EV_other")

    joins(world, seat.identity)

    assert len(store.rows) == 1
    [row] = store.rows.values()
    assert row.claim
    assert row.claim.identity == seat.identity


@pytest.mark.parametrize("role", [Role.CALLER, Role.OBSERVER])
def test_nobody_elses_seat_takes_the_call(world: World, opened: Escalation, role: Role) -> None:
    seat = seating.create_seat(world.ports, "r", role=role)

    assert seat.escalation_id is None
    assert world.row(opened) == opened


def test_two_seats_of_one_identity_have_each_their_link(world: World) -> None:
    codes = {seating.create_seat(world.ports, "r", role=Role.CALLER, identity="anna").code for _ in range(2)}

    assert len(codes) == 2


def test_the_view_of_an_unpressed_seat_says_whose_it_is_and_where(world: World) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.CALLER, name="Ada")

    view = claiming.view(world.ports, seat.code, "browser")

    assert view == View(kind=LinkKind.SEAT, role=Role.CALLER, room="r", name="Ada")


def test_a_row_that_joining_by_a_seat_opens_says_who_came_and_that_nobody_called(world: World) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.HUMAN_AGENT, name="Eva")
    pressed = claiming.claim(world.ports, seat.code, "browser")

    joins(world, pressed.identity)

    now, who, written = world.clock(), f"guest-{seat.id}", world.store.commits[0]
    assert written.replaces == ""
    assert written.escalation == Escalation(
        id=written.escalation.id,
        room="r",
        room_sid="RM_1",
        status=Status.CLAIMED,
        reason=Reason.DIRECT_JOIN,
        created_at=now,
        caller_identity="caller-1",
        agent_identity="agent-1",
        claim=Claim(
            identity=pressed.identity,
            human_agent_id=who,
            name="Eva",
            browser=hashed("browser"),
            claimed_at=now,
            number=1,
        ),
        claims=1,
        timeline=(
            Entry(
                at=now,
                actor=f"human_agent:{who}",
                change="claimed",
                cause="direct_join",
                reason="direct_join",
            ),
        ),
    )


@pytest.mark.parametrize("late", [0, 60])
def test_whoever_joins_by_a_seat_whose_time_is_over_is_removed(world: World, late: int) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.HUMAN_AGENT)
    world.clock.advance(world.policy.seat_seconds + late)

    joins(world, seat.identity)

    assert world.rooms.removed == [seat.identity]
    assert seat.identity not in [one.identity for one in world.rooms.there["r"].values()]
    assert not world.store.rows
