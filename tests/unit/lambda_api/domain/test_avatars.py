"""An avatar is part of its agent: it is nobody by itself, and it goes when its agent has gone."""

import pytest
from msgspec.structs import replace

from lambda_api.escalations import agents, looking, presence, relieving
from lambda_api.escalations.models import Escalation
from lambda_api.escalations.rooms import EventKind, ParticipantKind, RoomEvent
from lambda_api.escalations.watching import see
from tests.unit.lambda_api.domain.fakes import World

AVATAR = "avatar-agent-1"


@pytest.fixture(autouse=True)
def avatar(world: World) -> None:
    world.rooms.add_avatar(AVATAR, of="agent-1")


def told(kind: EventKind) -> RoomEvent:
    event = RoomEvent(id=f"EV_{kind}", kind=kind, room="r", identity=AVATAR, sid=f"PA_{AVATAR}")
    return replace(event, participant_kind=ParticipantKind.AGENT, audio_heard=True)


def look(world: World, row: Escalation, *, after: float = 0) -> Escalation:
    world.clock.advance(after)
    looking.look(world.ports, row.id, chain=False)
    return world.row(row)


@pytest.mark.parametrize("identity", [AVATAR, "agent-of-a-provider"])
def test_it_is_neither_agent_nor_caller_nor_human(world: World, identity: str) -> None:
    world.rooms.there.clear()
    world.rooms.add_avatar(identity, of="agent-1")

    sight = see(world.ports, "r")

    assert sight
    assert (sight.agents(), sight.someone("")) == ((), None)
    assert (sight.human_there(), sight.human_heard()) == (False, False)


@pytest.mark.parametrize(
    "kind", [EventKind.PARTICIPANT_JOINED, EventKind.TRACK_PUBLISHED, EventKind.PARTICIPANT_LEFT]
)
def test_its_comings_and_goings_change_nothing(world: World, connected: Escalation, kind: EventKind) -> None:
    before = list(world.timers.queued)

    presence.apply(world.ports, told(kind))

    assert world.row(connected) == connected
    assert world.timers.queued == before
    assert not world.rooms.dispatched


def test_its_leaving_while_the_agent_helps_calls_nobody(world: World, opened: Escalation) -> None:
    presence.apply(world.ports, told(EventKind.PARTICIPANT_LEFT))

    assert world.row(opened) == opened
    assert not world.rooms.dispatched


def test_it_is_removed_with_an_agent_that_died_and_stands_in_no_successors_way(world: World) -> None:
    assert agents.lost(world.ports, "r", "agent-1", "process_died")

    assert world.rooms.removed == ["agent-1", AVATAR]
    assert len(world.rooms.dispatched) == 1


def test_it_stands_in_the_way_of_no_relief(world: World, opened: Escalation) -> None:
    assert relieving.relieve(world.ports, "r", "agent-1")

    assert [one["replaces"] for one in world.rooms.relieved] == ["agent-1"]
    del opened


def test_beside_its_agent_it_stays(world: World, opened: Escalation) -> None:
    look(world, opened)

    assert not world.rooms.removed


def test_a_look_removes_one_that_was_left_behind(world: World, connected: Escalation) -> None:
    world.rooms.drop("agent-1")

    row = look(world, connected, after=3)
    assert row.ai_left_at
    look(world, row, after=3)

    assert world.rooms.removed == [AVATAR]
    assert world.row(connected) == row


def test_a_look_at_a_room_without_a_row_removes_one_that_was_left_behind(world: World) -> None:
    world.rooms.drop("agent-1")

    agents.look(world.ports, "r")

    assert [one.identity for one in world.rooms.participants("r") or ()] == ["caller-1"]


def test_a_caller_who_lost_the_agent_gets_one_first_whatever_becomes_of_the_avatar(
    world: World, opened: Escalation
) -> None:
    world.rooms.drop("agent-1")

    look(world, opened)

    assert len(world.rooms.dispatched) == 1
    assert world.rooms.removed == [AVATAR]
