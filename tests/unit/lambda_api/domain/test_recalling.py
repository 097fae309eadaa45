"""After a human has left the caller behind, the agent is called back until it is there."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from lambda_api.escalations import looking, presence
from lambda_api.escalations.models import Escalation, Reason, Status
from lambda_api.escalations.opening import Request, open_escalation
from lambda_api.escalations.rooms import EventKind, RoomEvent
from tests.unit.lambda_api.domain.fakes import World


@pytest.fixture
def left(world: World, connected: Escalation) -> Escalation:
    """The human hung up while the agent is still on its way out."""
    assert connected.claim
    identity = connected.claim.identity
    world.rooms.drop(identity)
    kind, reason = EventKind.PARTICIPANT_LEFT, "CLIENT_INITIATED"
    gone = RoomEvent(id="EV_l", kind=kind, room="r", identity=identity, sid="PA_h", disconnect_reason=reason)
    presence.apply(world.ports, gone)
    assert world.row(connected).status is Status.COMPLETED
    assert not world.rooms.dispatched
    return world.row(connected)


def look(world: World, row: Escalation, *, after: float = 3) -> None:
    world.clock.advance(after)
    looking.look(world.ports, row.id, chain=False)


def test_an_agent_on_its_way_out_is_called_back_when_it_has_gone(world: World, left: Escalation) -> None:
    assert world.timers.queued[-2:] == [(left.id, 3, False), ("room:r", 5, False)]
    world.rooms.drop("agent-1")

    look(world, left)

    assert len(world.rooms.dispatched) == 1


def test_a_look_that_is_lost_is_made_up_for_by_the_sweep(world: World, left: Escalation) -> None:
    world.rooms.drop("agent-1")
    world.clock.advance(60)

    looking.sweep(world.ports)

    assert [one["escalation_id"] for one in world.rooms.dispatched] == [left.id]


def test_it_is_called_once_then_given_time_then_called_again(world: World, left: Escalation) -> None:
    world.rooms.drop("agent-1")
    for _ in range(3):
        look(world, left)
    assert len(world.rooms.dispatched) == 1

    look(world, left)
    look(world, left)

    assert len(world.rooms.dispatched) == 2


def test_an_agent_that_came_back_ends_the_looks(world: World, left: Escalation) -> None:
    world.rooms.drop("agent-1")
    look(world, left)
    world.rooms.add("agent-2")
    queued = len(world.timers.queued)

    look(world, left)

    assert len(world.timers.queued) == queued
    assert not world.store.watches


def test_an_agent_that_was_called_before_the_human_came_may_be_on_its_way_out(
    world: World, left: Escalation
) -> None:
    assert left.ended_at
    called, queued = left.ended_at - timedelta(seconds=20), len(world.timers.queued)
    world.store.rows[left.id] = replace(left, recalled_at=called)

    look(world, left)

    assert world.timers.queued[queued:] == [(left.id, 3, False)]


def test_a_caller_who_has_gone_needs_no_agent(world: World, left: Escalation) -> None:
    world.rooms.drop("agent-1")
    world.rooms.drop("caller-1")

    look(world, left)

    assert not world.rooms.dispatched
    assert not world.store.watches


def test_another_human_in_the_room_is_company_enough(world: World, left: Escalation) -> None:
    world.rooms.drop("agent-1")
    world.rooms.add("human-agent-second")

    look(world, left)

    assert not world.rooms.dispatched


def test_without_livekits_list_it_is_looked_at_again(world: World, left: Escalation) -> None:
    world.rooms.down = True
    queued = len(world.timers.queued)

    look(world, left)

    assert world.timers.queued[queued:] == [(left.id, 3, False)]


def test_a_newer_request_sees_to_its_own_agent(world: World, left: Escalation) -> None:
    world.rooms.drop("agent-1")
    request = Request(room="r", caller_identity="caller-1", reason=Reason.OTHER)
    open_escalation(world.ports, request, key_name="w", idempotency_key="new")

    look(world, left)

    assert not world.rooms.dispatched


def test_of_two_who_call_it_at_once_one_does(world: World, left: Escalation) -> None:
    world.rooms.drop("agent-1")
    world.store.meanwhile = lambda: looking.look(world.ports, left.id, chain=False)

    look(world, left)

    assert len(world.rooms.dispatched) == 1


def test_after_its_time_nobody_looks_any_more(world: World, left: Escalation) -> None:
    world.rooms.drop("agent-1")
    queued = len(world.timers.queued)

    look(world, left, after=61)

    assert not world.rooms.dispatched
    assert len(world.timers.queued) == queued


def test_until_the_end_of_its_time_the_agent_is_called(world: World, left: Escalation) -> None:
    world.rooms.drop("agent-1")

    look(world, left, after=60)

    assert len(world.rooms.dispatched) == 1
