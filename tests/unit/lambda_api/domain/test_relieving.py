"""An agent whose worker is being stopped gets a successor, one at a time, and only where it is needed."""

import pytest
from msgspec.structs import replace

from lambda_api.escalations import agents, leaving, relieving, seating
from lambda_api.escalations.errors import UnavailableError
from lambda_api.escalations.models import Escalation, Role
from tests.unit.lambda_api.domain.fakes import World


def relieve(world: World, identity: str = "agent-1") -> bool:
    return relieving.relieve(world.ports, "r", identity)


def test_another_agent_is_asked_for_beside_the_one_that_leaves(world: World, opened: Escalation) -> None:
    assert relieve(world)

    assert world.rooms.relieved == [
        {
            "room": "r",
            "caller_identity": "caller-1",
            "escalation_id": opened.id,
            "resume": True,
            "human_name": "",
            "replaces": "agent-1",
        }
    ]
    assert not world.rooms.removed
    assert not world.rooms.dispatched
    assert world.row(opened) == opened


def test_a_call_without_any_escalation_goes_on_too(world: World) -> None:
    assert relieve(world)

    assert world.rooms.relieved == [{"room": "r", "caller_identity": "caller-1", "replaces": "agent-1"}]


def test_the_successor_is_called_for_the_caller_who_has_a_seat(world: World) -> None:
    world.rooms.add(seating.create_seat(world.ports, "r", role=Role.CALLER, identity="anna").identity)

    assert relieve(world)

    assert [one["caller_identity"] for one in world.rooms.relieved] == ["anna"]


def test_the_successor_is_called_for_the_caller_of_the_row(world: World, opened: Escalation) -> None:
    world.rooms.add("caller-2")
    world.store.rows[opened.id] = replace(opened, caller_identity="caller-2")

    assert relieve(world)

    assert [one["caller_identity"] for one in world.rooms.relieved] == ["caller-2"]


def test_an_agent_that_has_made_room_for_a_person_gets_no_successor(
    world: World, connected: Escalation
) -> None:
    assert connected.claim
    leaving.ai_left(world.ports, connected.id, agent_identity="agent-1", human_identity=None, cause="room")
    world.rooms.add(connected.claim.identity, sid="PA_h", heard=False)

    assert not relieve(world)


def test_while_one_is_on_the_way_no_other_is_asked_for(world: World) -> None:
    assert relieve(world)
    assert not relieve(world)

    world.clock.advance(4)
    assert relieve(world)
    assert len(world.rooms.relieved) == 2


def test_a_successor_that_is_there_is_enough(world: World) -> None:
    world.rooms.add("agent-2")

    assert not relieve(world)


@pytest.mark.parametrize("gone", ["agent-1", "caller-1"])
def test_where_one_of_the_two_has_gone_there_is_nobody_to_relieve(world: World, gone: str) -> None:
    world.rooms.drop(gone)

    assert not relieve(world)


def test_a_person_who_has_the_call_needs_no_agent(world: World, connected: Escalation) -> None:
    assert not relieve(world)
    del connected


def test_an_agent_that_dies_before_its_successor_came_is_lost(world: World) -> None:
    assert relieve(world)
    world.clock.advance(4)

    assert agents.lost(world.ports, "r", "agent-1", "process_died")


def test_a_livekit_that_does_not_answer_is_told_so(world: World) -> None:
    world.rooms.down = True

    with pytest.raises(UnavailableError):
        relieve(world)


def test_two_rooms_do_not_wait_for_one_another(world: World) -> None:
    for identity in ("caller-2", "agent-2"):
        world.rooms.add(identity, room="q")

    assert relieve(world)
    assert relieving.relieve(world.ports, "q", "agent-2")
