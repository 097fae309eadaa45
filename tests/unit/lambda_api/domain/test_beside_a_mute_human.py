"""An agent that is gone while the human who was heard is mute: it may have died, and the caller be alone."""

import heapq
from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from lambda_api.escalations import agents, claiming, handing, looking, presence, relieving, seating
from lambda_api.escalations.models import Claim, Escalation, Role, Status
from lambda_api.escalations.rooms import EventKind, Participant, ParticipantKind, RoomEvent
from tests.unit.lambda_api.domain.fakes import World

GUEST = "human-agent-guest"
MANY = 1000  # looks; a row that is looked at so often takes the time of all others


def claim_of(row: Escalation) -> Claim:
    assert row.claim
    return row.claim


def event(kind: EventKind, identity: str, sid: str, *, heard: bool = False) -> RoomEvent:
    return RoomEvent(
        id=f"EV_{kind}_{sid}", kind=kind, room="r", identity=identity, sid=sid, audio_heard=heard
    )


def agent_left(identity: str = "agent-1") -> RoomEvent:
    told = event(EventKind.PARTICIPANT_LEFT, identity, f"PA_{identity}")
    return replace(told, participant_kind=ParticipantKind.AGENT)


def looks(world: World, *, minutes: int = 1) -> list[int]:
    """Deliver the looks as SQS would, each at its time, and say how many there were in each minute."""
    began, waiting, told = world.clock.now, list[tuple[datetime, int, str, bool]](), 0
    counted = [0] * minutes
    while sum(counted) < MANY:
        for one, delay_s, chain in world.timers.queued:
            told += 1
            heapq.heappush(waiting, (world.clock.now + timedelta(seconds=delay_s), told, one, chain))
        world.timers.queued.clear()
        at, _, escalation_id, chain = heapq.heappop(waiting)
        if at >= began + timedelta(minutes=minutes):
            break
        counted[(at - began) // timedelta(minutes=1)] += 1
        world.clock.advance(max(0.0, (at - world.clock.now).total_seconds()))
        looking.look(world.ports, escalation_id, chain=chain)
    return counted


@pytest.fixture
def mute(world: World, connected: Escalation) -> Escalation:
    world.rooms.add(claim_of(connected).identity, sid="PA_h", heard=False)
    return connected


def test_looks_do_not_multiply_beside_a_second_human_who_is_heard(world: World, mute: Escalation) -> None:
    world.rooms.drop("agent-1")
    presence.apply(world.ports, agent_left())
    world.rooms.add(GUEST, sid="PA_g", heard=True)

    assert sum(looks(world)) < 30
    assert world.row(mute).ai_left_at


def test_looks_do_not_multiply_while_one_tab_is_mute_and_the_other_heard(
    world: World, connected: Escalation
) -> None:
    claiming.claim(world.ports, world.code(connected), "browser")
    second = claim_of(world.row(connected)).identity
    world.rooms.add(second, sid="PA_2", heard=False)
    presence.apply(world.ports, event(EventKind.PARTICIPANT_JOINED, second, "PA_2"))
    world.rooms.drop("agent-1")

    assert sum(looks(world)) < 30
    assert world.row(connected).ai_left_at


def test_each_call_that_no_worker_takes_starts_no_further_chain(world: World, mute: Escalation) -> None:
    world.rooms.drop("agent-1")
    looking.look(world.ports, mute.id, chain=False)

    _, early, *_, late = looks(world, minutes=5)

    assert late == early
    assert len(world.rooms.dispatched) > 20


def test_an_agent_that_died_while_the_human_was_away_is_missed_when_they_come_back_mute(
    world: World, mute: Escalation
) -> None:
    human = claim_of(mute).identity
    lost = replace(event(EventKind.PARTICIPANT_LEFT, human, "PA_h"), disconnect_reason="SIGNAL_CLOSE")
    presence.apply(world.ports, lost)
    world.rooms.drop(human)
    world.rooms.drop("agent-1")
    looking.look(world.ports, mute.id, chain=False)
    assert world.row(mute).ai_left_at is None

    world.clock.advance(4)
    world.rooms.add(human, sid="PA_2", heard=False)
    presence.apply(world.ports, event(EventKind.PARTICIPANT_JOINED, human, "PA_2"))
    looks(world)

    assert world.rooms.dispatched


@pytest.mark.parametrize("asked", ["lost", "relieve"])
def test_a_human_who_is_heard_between_two_looks_keeps_the_call(
    world: World, there: Escalation, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    human, listed = claim_of(there).identity, world.rooms.participants

    def then_heard(room: str) -> tuple[Participant, ...] | None:
        seen = listed(room)
        monkeypatch.undo()
        world.rooms.add(human, sid="PA_h", heard=True)
        presence.apply(world.ports, event(EventKind.TRACK_PUBLISHED, human, "PA_h", heard=True))
        return seen

    monkeypatch.setattr(world.rooms, "participants", then_heard)
    if asked == "lost":
        assert not agents.lost(world.ports, "r", "agent-1", "process_died")
    else:
        relieving.relieve(world.ports, "r", "agent-1")

    assert world.row(there).status is Status.CONNECTED
    assert not world.rooms.dispatched


def test_a_direct_joins_agent_that_died_is_called_back(world: World) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.HUMAN_AGENT, name="Gina")
    for kind, heard in ((EventKind.PARTICIPANT_JOINED, False), (EventKind.TRACK_PUBLISHED, True)):
        world.rooms.add(seat.identity, sid="PA_d", heard=heard)
        presence.apply(world.ports, event(kind, seat.identity, "PA_d", heard=heard))
    world.rooms.add(seat.identity, sid="PA_d", heard=False)
    world.rooms.drop("agent-1")

    presence.apply(world.ports, agent_left())

    [row] = world.store.rows.values()
    assert (row.agent_identity, row.status) == ("agent-1", Status.CONNECTED)
    assert len(world.rooms.dispatched) == 1


def test_an_agent_called_before_the_hand_back_that_comes_after_it_lets_the_human_go(
    world: World, mute: Escalation
) -> None:
    world.rooms.drop("agent-1")
    assert agents.lost(world.ports, "r", "agent-1", "process_died")
    world.clock.advance(1)
    handing.hand_back(world.ports, code=world.code(mute), browser="browser")
    world.clock.advance(1)
    world.rooms.add("agent-2", joined_at=world.clock.now, heard=True)

    looking.look(world.ports, mute.id, chain=False)

    assert world.rooms.removed == [claim_of(mute).identity]
