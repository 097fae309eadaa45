"""An agent that is lost while the caller is there is replaced, by one, and never beside a person."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from msgspec.structs import replace

from lambda_api.escalations import agents, claiming, leaving, looking, presence, seating, watching
from lambda_api.escalations.errors import UnavailableError
from lambda_api.escalations.models import Escalation, Role, Status
from lambda_api.escalations.rooms import EventKind, ParticipantKind, RoomEvent
from tests.unit.lambda_api.domain.fakes import FakeRooms, World


def agent_event(kind: EventKind, identity: str = "agent-1", *, sid: str = "") -> RoomEvent:
    return RoomEvent(
        id=f"EV_{kind}_{identity}",
        kind=kind,
        room="r",
        identity=identity,
        sid=sid or f"PA_{identity}",
        participant_kind=ParticipantKind.AGENT,
    )


def lost(world: World, identity: str = "agent-1", cause: str = "process_died") -> bool:
    return agents.lost(world.ports, "r", identity, cause)


def look(world: World, row: Escalation, *, after: float = 0) -> Escalation:
    world.clock.advance(after)
    looking.look(world.ports, row.id, chain=False)
    return world.row(row)


def test_the_dead_ones_identity_is_removed_before_another_is_called(world: World, opened: Escalation) -> None:
    assert lost(world)

    assert world.rooms.removed == ["agent-1"]
    assert world.rooms.dispatched == [
        {
            "room": "r",
            "caller_identity": "caller-1",
            "escalation_id": opened.id,
            "resume": True,
            "human_name": "",
            "instead_of": "agent-1",
        }
    ]
    entry = world.row(opened).timeline[-1]
    assert (entry.change, entry.cause, entry.reason) == ("ai_recalled", "agent_lost", "process_died")


def test_a_room_without_any_escalation_gets_its_agent_back_as_at_first(world: World) -> None:
    assert lost(world)

    assert world.rooms.dispatched == [{"room": "r", "caller_identity": "caller-1", "instead_of": "agent-1"}]
    assert world.timers.queued[-1] == ("room:r", 5, False)


def test_who_reports_a_connection_that_was_followed_by_another_loses_nobody(world: World) -> None:
    assert not agents.lost(world.ports, "r", "agent-1", "process_died", sid="PA_before")

    assert not world.rooms.removed
    assert agents.lost(world.ports, "r", "agent-1", "process_died", sid="PA_agent-1")


def test_a_look_that_misses_an_agent_names_none_in_whose_stead(world: World) -> None:
    world.rooms.drop("agent-1")

    looking.look(world.ports, "room:r", chain=False)

    assert world.rooms.dispatched == [{"room": "r", "caller_identity": "caller-1"}]


def test_a_seat_that_nobody_took_keeps_no_agent_from_who_came_without_one(world: World) -> None:
    seating.create_seat(world.ports, "r", role=Role.CALLER)

    assert lost(world)

    assert [one["caller_identity"] for one in world.rooms.dispatched] == ["caller-1"]


def test_of_two_seats_the_newer_is_the_callers(world: World) -> None:
    seating.create_seat(world.ports, "r", role=Role.CALLER, identity="b")
    world.clock.advance(1)
    seating.create_seat(world.ports, "r", role=Role.CALLER, identity="a")
    world.store.seats = dict(reversed(world.store.seats.items()))

    assert watching.seated_caller(world.ports, "r") == "a"


def test_two_who_report_it_bring_one(world: World, opened: Escalation) -> None:
    def meanwhile() -> None:
        lost(world)

    world.store.meanwhile = meanwhile
    results = [lost(world), lost(world)]
    presence.apply(world.ports, agent_event(EventKind.PARTICIPANT_LEFT))
    looking.look(world.ports, opened.id, chain=False)

    assert results.count(True) == 1
    assert len(world.rooms.dispatched) == 1


def test_a_webhook_alone_is_enough(world: World, opened: Escalation) -> None:
    world.rooms.drop("agent-1")

    presence.apply(world.ports, agent_event(EventKind.PARTICIPANT_LEFT))

    assert [one["escalation_id"] for one in world.rooms.dispatched] == [opened.id]


def test_a_look_alone_is_enough(world: World, opened: Escalation) -> None:
    world.rooms.drop("agent-1")

    row = look(world, opened)

    assert row.recalled_at
    assert len(world.rooms.dispatched) == 1
    assert look(world, opened, after=3) == row
    look(world, opened, after=7)
    assert len(world.rooms.dispatched) == 2


def test_where_no_agent_ever_was_none_is_called_by_a_look(world: World, opened: Escalation) -> None:
    world.rooms.drop("agent-1")
    world.store.rows[opened.id] = replace(opened, agent_identity="")

    look(world, opened)

    assert not world.rooms.dispatched


def test_the_farewell_of_another_connection_of_the_agent_loses_nobody(
    world: World, opened: Escalation
) -> None:
    presence.apply(world.ports, agent_event(EventKind.PARTICIPANT_LEFT, sid="PA_before"))

    assert world.row(opened) == opened
    assert not world.rooms.removed


def test_a_human_for_whom_an_agent_made_room_may_mute(world: World, connected: Escalation) -> None:
    assert connected.claim
    leaving.ai_left(world.ports, connected.id, agent_identity="agent-1", human_identity=None, cause="room")
    world.rooms.drop("agent-1")
    world.rooms.drop(connected.claim.identity)
    world.rooms.add(connected.claim.identity, sid="PA_h", heard=False)

    assert not lost(world)


def test_a_human_in_a_call_that_never_had_an_agent_may_mute(world: World, connected: Escalation) -> None:
    assert connected.claim
    world.store.rows[connected.id] = replace(connected, agent_identity="")
    world.rooms.drop("agent-1")
    world.rooms.drop(connected.claim.identity)
    world.rooms.add(connected.claim.identity, sid="PA_h", heard=False)

    assert not lost(world)


def test_a_row_that_knows_no_caller_is_about_whoever_is_there(world: World, opened: Escalation) -> None:
    world.store.rows[opened.id] = replace(opened, caller_identity="")

    assert lost(world)

    [called] = world.rooms.dispatched
    assert (called["caller_identity"], called["escalation_id"]) == ("caller-1", opened.id)


def test_an_agent_that_left_and_is_still_listed_is_removed_and_replaced(
    world: World, opened: Escalation
) -> None:
    presence.apply(world.ports, agent_event(EventKind.PARTICIPANT_LEFT))

    assert world.rooms.removed == ["agent-1"]
    assert [one["escalation_id"] for one in world.rooms.dispatched] == [opened.id]


def test_another_agent_that_is_there_already_is_enough(world: World) -> None:
    world.rooms.add("agent-2")

    assert not lost(world)

    assert world.rooms.removed == ["agent-1"]
    assert not world.rooms.dispatched


def test_another_kind_of_agent_is_none_of_ours(world: World) -> None:
    presence.apply(world.ports, agent_event(EventKind.PARTICIPANT_LEFT, identity="recorder"))

    assert not world.rooms.dispatched


def test_without_a_caller_nobody_is_called(world: World) -> None:
    world.rooms.drop("caller-1")
    world.rooms.add("EG_recording")
    world.rooms.add("observer-1")

    assert not lost(world)


def test_the_caller_of_an_open_row_is_the_one_who_counts(world: World, opened: Escalation) -> None:
    world.rooms.drop("caller-1")
    world.rooms.add("caller-2")

    assert not lost(world)
    del opened


@pytest.mark.parametrize("gone", ["ai_left", "dismissed"])
def test_an_agent_that_left_for_a_human_is_not_recalled(
    world: World, connected: Escalation, gone: str
) -> None:
    if gone == "ai_left":
        leaving.ai_left(
            world.ports, connected.id, agent_identity="agent-1", human_identity=None, cause="room"
        )
    else:
        look(world, connected, after=3)
    world.rooms.drop("agent-1")

    presence.apply(world.ports, agent_event(EventKind.PARTICIPANT_LEFT))
    assert not lost(world)

    assert not world.rooms.dispatched


def test_a_human_who_is_heard_though_nobody_told_has_the_caller(world: World, claimed: Escalation) -> None:
    assert claimed.claim
    world.rooms.add(claimed.claim.identity, sid="PA_h", heard=True)

    assert not lost(world)


def test_a_human_who_becomes_heard_meanwhile_keeps_the_call(world: World, claimed: Escalation) -> None:
    connected = replace(claimed, status=Status.CONNECTED, version=claimed.version + 1)
    world.store.meanwhile = lambda: world.store.rows.update({claimed.id: connected})
    world.store.faults = []

    assert not lost(world)

    assert not world.rooms.dispatched


@pytest.mark.parametrize("told", ["by the webhook", "by the worker"])
def test_an_agent_that_dies_beside_a_human_who_is_mute_again_is_replaced(
    world: World, connected: Escalation, told: str
) -> None:
    assert connected.claim
    world.rooms.add(connected.claim.identity, sid="PA_h", heard=False)

    if told == "by the webhook":
        world.rooms.drop("agent-1")
        presence.apply(world.ports, agent_event(EventKind.PARTICIPANT_LEFT))
    else:
        assert lost(world)

    assert len(world.rooms.dispatched) == 1
    assert world.row(connected).ai_left_at is None


def test_a_human_who_is_there_but_silent_is_not_company_enough(world: World, there: Escalation) -> None:
    assert lost(world)
    del there


def test_after_the_end_a_human_who_stayed_is_company_enough(world: World, claimed: Escalation) -> None:
    assert claimed.claim
    leaving.cancel(world.ports, claimed.id, cause="operator", actor="admin")
    world.rooms.add(claimed.claim.identity)

    assert not lost(world)


def test_a_new_caller_in_an_old_room_is_met_as_at_first(world: World, opened: Escalation) -> None:
    leaving.cancel(world.ports, opened.id, cause="caller_left", actor="worker")
    world.rooms.drop("caller-1")
    seat = seating.create_seat(world.ports, "r", role=Role.CALLER)
    world.rooms.add(seat.identity)

    assert lost(world)

    assert world.rooms.dispatched == [
        {"room": "r", "caller_identity": seat.identity, "instead_of": "agent-1"}
    ]


def test_an_agent_that_came_may_be_lost_again_at_once(world: World) -> None:
    lost(world)
    world.rooms.add("agent-2")
    presence.apply(world.ports, agent_event(EventKind.PARTICIPANT_JOINED, "agent-2"))
    world.rooms.drop("agent-2")

    assert lost(world, "agent-2")

    assert len(world.rooms.dispatched) == 2


def test_the_call_for_another_is_told_apart_from_the_one_that_brought_the_lost_agent(world: World) -> None:
    """Both may be of the same ten seconds, in which a call is waited for and not made again."""
    lost(world)
    world.rooms.add("agent-2")
    presence.apply(world.ports, agent_event(EventKind.PARTICIPANT_JOINED, "agent-2"))
    world.rooms.drop("agent-2")
    lost(world, "agent-2")

    assert [each["instead_of"] for each in world.rooms.dispatched] == ["agent-1", "agent-2"]


def test_a_room_is_looked_at_until_its_caller_has_somebody(world: World) -> None:
    lost(world)
    world.clock.advance(5)
    looking.look(world.ports, "room:r", chain=False)
    assert len(world.rooms.dispatched) == 1
    world.clock.advance(5)
    looking.look(world.ports, "room:r", chain=False)
    assert len(world.rooms.dispatched) == 2
    world.rooms.add("agent-2")
    queued = len(world.timers.queued)

    world.clock.advance(5)
    looking.look(world.ports, "room:r", chain=False)

    assert len(world.timers.queued) == queued == 3


def test_the_sweep_looks_at_a_room_whose_look_was_lost(world: World) -> None:
    """The process that took the dispatch died before it called, and the next look never came."""
    now = world.clock()
    world.store.take_dispatch("r", now=now, until=now + timedelta(seconds=10))
    world.rooms.drop("agent-1")
    assert not lost(world)
    queued = len(world.timers.queued)
    world.clock.advance(60)

    looking.sweep(world.ports)

    assert len(world.rooms.dispatched) == 1
    assert world.timers.queued[queued:] == [("room:r", 5, False)]


def test_the_sweep_leaves_a_room_to_its_look_while_that_may_come(world: World) -> None:
    agents.look_later(world.ports, "r")
    world.rooms.drop("agent-1")
    world.clock.advance(4)

    looking.sweep(world.ports)

    assert not world.rooms.dispatched


@pytest.mark.parametrize("gone", ["nobody", "caller-1"])
def test_a_room_is_not_watched_any_more_where_nobody_is_alone(world: World, gone: str) -> None:
    agents.look_later(world.ports, "r")
    world.rooms.drop(gone)
    world.clock.advance(60)
    looking.sweep(world.ports)
    world.rooms.drop("agent-1")
    world.clock.advance(60)

    looking.sweep(world.ports)

    assert not world.rooms.dispatched
    assert not world.store.watches


def test_a_look_at_a_room_calls_nobody_for_another_than_the_rows_caller(
    world: World, opened: Escalation
) -> None:
    for identity in ("caller-1", "agent-1"):
        world.rooms.drop(identity)
    world.rooms.add("caller-2")

    looking.look(world.ports, "room:r", chain=False)

    assert not world.rooms.dispatched
    del opened


@pytest.mark.parametrize("told", [True, False])
def test_a_room_without_a_row_has_whoever_was_seated_as_its_caller(world: World, *, told: bool) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.CALLER)
    world.rooms.drop("agent-1")
    world.rooms.add(seat.identity)

    if told:
        assert lost(world)
    else:
        looking.look(world.ports, "room:r", chain=False)

    [dispatched] = world.rooms.dispatched
    assert dispatched["caller_identity"] == seat.identity


def test_a_room_that_livekit_does_not_show_is_looked_at_again(world: World) -> None:
    world.rooms.down = True

    looking.look(world.ports, "room:r", chain=False)

    assert world.timers.queued == [("room:r", 5, False)]


class RefusesOnce(FakeRooms):
    """LiveKit, which tells who is there and takes its first call for an agent for too much."""

    refused = False

    def dispatch_agent(self, room: str, metadata: Mapping[str, object]) -> None:
        if not self.refused:
            self.refused = True
            raise UnavailableError("livekit")
        super().dispatch_agent(room, metadata)


def test_a_call_that_livekit_refused_is_made_again_at_the_next_look(world: World) -> None:
    world.rooms = RefusesOnce(there=world.rooms.there)
    assert not lost(world)

    world.clock.advance(5)
    looking.look(world.ports, "room:r", chain=False)

    assert len(world.rooms.dispatched) == 1
    assert len(world.rooms.there["r"]) == 1  # the dead one was removed already


def test_what_livekit_did_not_hear_is_reported_again(world: World) -> None:
    world.rooms.down = True

    with pytest.raises(UnavailableError):
        lost(world)


def test_a_waiting_caller_who_is_claimed_gets_an_agent_too(world: World, opened: Escalation) -> None:
    claiming.claim(world.ports, world.code(opened), "browser")
    world.rooms.drop("agent-1")

    look(world, opened)

    assert len(world.rooms.dispatched) == 1


def caller_joins(world: World, identity: str, *, room_stood: float = 0) -> None:
    world.rooms.add(identity)
    now = world.clock()
    joined = RoomEvent(
        id="EV_caller",
        kind=EventKind.PARTICIPANT_JOINED,
        room="r",
        room_created_at=now - timedelta(seconds=room_stood),
        identity=identity,
        sid=f"PA_{identity}",
        joined_at=now,
    )
    presence.apply(world.ports, joined)


def test_who_calls_again_into_a_room_that_still_stands_gets_an_agent(world: World) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.CALLER)
    world.rooms.drop("agent-1")

    caller_joins(world, seat.identity)
    queued = world.timers.queued[-1]
    looking.look(world.ports, queued[0], chain=False)

    assert queued == ("room:r", 5, False)
    assert [one["room"] for one in world.rooms.dispatched] == ["r"]


@pytest.mark.parametrize(("room_stood", "called"), [(2, 0), (2.001, 1)])
def test_who_calls_again_need_not_wait_for_a_look(world: World, room_stood: float, called: int) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.CALLER)
    world.rooms.drop("caller-1")
    world.rooms.drop("agent-1")

    caller_joins(world, seat.identity, room_stood=room_stood)

    assert len(world.rooms.dispatched) == called
    assert world.timers.queued == [("room:r", 5, False)]
    assert world.store.watches


def test_who_calls_again_while_the_agent_is_still_leaving_gets_one_when_it_has_gone(world: World) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.CALLER)
    world.rooms.drop("caller-1")
    caller_joins(world, seat.identity, room_stood=30)
    assert world.rooms.dispatched == []
    world.rooms.drop("agent-1")

    presence.apply(world.ports, agent_event(EventKind.PARTICIPANT_LEFT))

    assert [one["caller_identity"] for one in world.rooms.dispatched] == [seat.identity]


def test_nobody_is_called_at_once_for_a_caller_who_finds_a_person(world: World) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.CALLER)
    for gone in ("caller-1", "agent-1"):
        world.rooms.drop(gone)
    world.rooms.add("human-agent-maria-1", heard=True)

    caller_joins(world, seat.identity, room_stood=30)

    assert world.rooms.dispatched == []


def test_a_caller_whose_agent_came_gets_no_second_one(world: World) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.CALLER)

    caller_joins(world, seat.identity)
    looking.look(world.ports, "room:r", chain=False)

    assert world.rooms.dispatched == []


def test_a_call_that_is_none_of_ours_is_let_alone(world: World) -> None:
    caller_joins(world, "somebody-elses-participant")

    assert world.timers.queued == []
