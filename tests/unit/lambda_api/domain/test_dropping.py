"""A human who drops out of a call has a moment to come back; then the AI has the caller again."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
from msgspec.structs import replace

from lambda_api.escalations import claiming, finishing, leaving, looking, presence
from lambda_api.escalations.models import Disposition, Escalation, Status
from lambda_api.escalations.rooms import EventKind, RoomEvent
from tests.unit.lambda_api.domain.fakes import START, FakeRooms, World


def event(
    kind: EventKind, row: Escalation, *, sid: str = "PA_h", reason: str = "", heard: bool = False
) -> RoomEvent:
    assert row.claim
    return RoomEvent(
        id=f"EV_{kind}_{sid}_{reason}",
        kind=kind,
        room="r",
        identity=row.claim.identity,
        sid=sid,
        disconnect_reason=reason,
        audio_heard=heard,
    )


def human(row: Escalation) -> str:
    assert row.claim
    return row.claim.identity


def look(world: World, row: Escalation, *, after: float = 0) -> Escalation:
    world.clock.advance(after)
    looking.look(world.ports, row.id, chain=False)
    return world.row(row)


@pytest.fixture
def dropped(world: World, connected: Escalation) -> Escalation:
    world.rooms.drop("agent-1")
    look(world, connected)
    world.rooms.drop(human(connected))
    gone = event(EventKind.PARTICIPANT_LEFT, connected, reason="CONNECTION_TIMEOUT")
    presence.apply(world.ports, gone)
    return world.row(connected)


def test_a_lost_connection_is_waited_for(world: World, dropped: Escalation) -> None:
    assert (dropped.status, dropped.timeline[-1].change) == (Status.CONNECTED, "human_dropped")
    assert world.timers.queued[-1] == (dropped.id, 10, False)

    assert look(world, dropped, after=9) == dropped
    assert not world.rooms.dispatched


def test_the_same_person_on_a_new_connection_goes_on(world: World, dropped: Escalation) -> None:
    world.rooms.add(human(dropped), sid="PA_2", heard=True)
    presence.apply(world.ports, event(EventKind.PARTICIPANT_JOINED, dropped, sid="PA_2"))

    row = look(world, dropped, after=20)

    assert row.claim
    assert (row.status, row.dropped_at, row.claim.sid) == (Status.CONNECTED, None, "PA_2")
    assert not world.rooms.dispatched


def test_a_microphone_that_is_told_of_first_is_a_return_too(world: World, dropped: Escalation) -> None:
    world.rooms.add(human(dropped), sid="PA_2", heard=True)

    presence.apply(world.ports, event(EventKind.TRACK_PUBLISHED, dropped, sid="PA_2", heard=True))

    assert world.row(dropped).dropped_at is None


def test_a_return_that_nobody_told_is_seen(world: World, dropped: Escalation) -> None:
    world.rooms.add(human(dropped), sid="PA_h", heard=True)

    assert look(world, dropped, after=10).dropped_at is None


def test_a_late_event_of_the_lost_connection_is_no_return(world: World, dropped: Escalation) -> None:
    presence.apply(world.ports, event(EventKind.PARTICIPANT_JOINED, dropped, sid="PA_h"))
    presence.apply(world.ports, event(EventKind.TRACK_PUBLISHED, dropped, sid="PA_h", heard=True))

    assert world.row(dropped).dropped_at


def test_who_does_not_come_back_hands_the_call_back(world: World, dropped: Escalation) -> None:
    row = look(world, dropped, after=10)

    assert (row.status, row.end_reason) == (Status.HANDED_BACK, "human_dropped")
    assert [one["resume"] for one in world.rooms.dispatched] == [True]


class DiedError(BaseException):
    """The process is gone: nothing of ours catches this."""


class DiesOnce(FakeRooms):
    died = False

    def dispatch_agent(self, room: str, metadata: Mapping[str, object]) -> None:
        if not self.died:
            self.died = True
            raise DiedError
        super().dispatch_agent(room, metadata)


def not_back_in_time(world: World, row: Escalation) -> None:
    look(world, row, after=10)


def changed_mind(world: World, row: Escalation) -> None:
    leaving.cancel(world.ports, row.id, cause="caller_changed_mind", actor="worker")


def completed_from_the_page(world: World, row: Escalation) -> None:
    finishing.complete(world.ports, world.code(row), "browser", Disposition.RESOLVED)


@pytest.mark.parametrize("end", [not_back_in_time, changed_mind, completed_from_the_page])
def test_whoever_dies_once_they_have_ended_the_row_leaves_nobody_alone(
    world: World, dropped: Escalation, end: Callable[[World, Escalation], None]
) -> None:
    world.rooms = DiesOnce(there=world.rooms.there)
    with pytest.raises(DiedError):
        end(world, dropped)
    assert not world.row(dropped).is_open
    world.clock.advance(60)

    looking.sweep(world.ports)

    assert len(world.rooms.dispatched) == 1


def test_who_comes_back_later_has_lost_the_seat(world: World, dropped: Escalation) -> None:
    look(world, dropped, after=10)
    world.rooms.add(human(dropped), sid="PA_3")

    presence.apply(world.ports, event(EventKind.PARTICIPANT_JOINED, dropped, sid="PA_3"))

    assert world.rooms.removed == [human(dropped)]


def test_the_link_opens_the_seat_again_meanwhile(world: World, dropped: Escalation) -> None:
    again = claiming.claim(world.ports, world.code(dropped), "browser")
    world.rooms.add(again.identity, sid="PA_2", heard=True)

    row = look(world, dropped, after=10)

    assert (row.status, row.dropped_at) == (Status.CONNECTED, None)


def test_dropping_twice_is_dropping_once(world: World, dropped: Escalation) -> None:
    presence.apply(world.ports, event(EventKind.CONNECTION_ABORTED, dropped, reason="JOIN_FAILURE"))

    assert world.row(dropped) == dropped


def test_a_farewell_that_comes_late_completes(world: World, dropped: Escalation) -> None:
    gone = event(EventKind.PARTICIPANT_LEFT, dropped, reason="CLIENT_INITIATED")
    presence.apply(world.ports, gone)

    assert world.row(dropped).end_reason == "human_left"


def test_a_caller_who_leaves_meanwhile_completes(world: World, dropped: Escalation) -> None:
    world.rooms.drop("caller-1")

    row = look(world, dropped)

    assert (row.status, row.end_reason) == (Status.COMPLETED, "caller_left")


def test_the_agent_is_not_dismissed_while_the_human_is_missing(world: World, connected: Escalation) -> None:
    world.rooms.drop(human(connected))
    look(world, connected)

    look(world, connected, after=5)

    assert not world.rooms.dismissed


def test_without_livekits_list_nobody_is_given_up(world: World, dropped: Escalation) -> None:
    world.rooms.down = True

    assert look(world, dropped, after=60) == dropped


def test_the_chain_comes_when_the_moment_is_over(world: World, dropped: Escalation) -> None:
    looking.look(world.ports, dropped.id, chain=True)

    assert world.timers.queued[-1] == (dropped.id, 10, True)


def test_an_older_connection_that_is_told_of_late_is_no_return(world: World, connected: Escalation) -> None:
    assert connected.claim
    claim = replace(connected.claim, joined_at=START)
    world.store.rows[connected.id] = replace(connected, claim=claim, dropped_at=START)
    world.rooms.drop(human(connected))
    old = event(EventKind.PARTICIPANT_JOINED, connected, sid="PA_old")

    presence.apply(world.ports, replace(old, joined_at=START - timedelta(seconds=1)))

    assert world.row(connected).dropped_at == START


@pytest.fixture
def heard_by_the_agent_alone(world: World, claimed: Escalation) -> Escalation:
    leaving.ai_left(
        world.ports, claimed.id, agent_identity="agent-1", human_identity=human(claimed), cause="room"
    )
    world.rooms.drop("agent-1")
    return world.row(claimed)


def test_a_human_of_whom_no_webhook_told_is_missed_all_the_same(
    world: World, heard_by_the_agent_alone: Escalation
) -> None:
    row = look(world, heard_by_the_agent_alone)
    assert row.timeline[-1].change == "human_dropped"

    row = look(world, row, after=10)

    assert row.status is Status.HANDED_BACK
    assert world.rooms.dispatched


def test_the_farewell_is_the_first_word_of_a_human_of_whom_nobody_told(
    world: World, heard_by_the_agent_alone: Escalation
) -> None:
    row = heard_by_the_agent_alone
    presence.apply(world.ports, event(EventKind.PARTICIPANT_LEFT, row, reason="CLIENT_INITIATED"))

    assert (world.row(row).status, world.row(row).end_reason) == (Status.COMPLETED, "human_left")
    assert world.rooms.dispatched


def test_the_farewell_of_an_earlier_name_ends_nothing(world: World, claimed: Escalation) -> None:
    claiming.claim(world.ports, world.code(claimed), "browser")
    now = world.row(claimed)
    leaving.ai_left(world.ports, now.id, agent_identity="agent-1", human_identity=human(now), cause="room")

    presence.apply(world.ports, event(EventKind.PARTICIPANT_LEFT, claimed, reason="CLIENT_INITIATED"))

    assert world.row(now).status is Status.CONNECTED
