"""The agent's own word that it has left, and a caller who needs nobody any more."""

from datetime import timedelta

import pytest

from lambda_api.escalations import ending, leaving, looking, presence
from lambda_api.escalations.errors import UnknownEscalationError
from lambda_api.escalations.models import Escalation, Status
from lambda_api.escalations.rooms import EventKind, RoomEvent
from tests.unit.lambda_api.domain.fakes import START, World


def ai_left(world: World, row: Escalation, human: str | None = None, cause: str = "room") -> Escalation:
    return leaving.ai_left(world.ports, row.id, agent_identity="agent-1", human_identity=human, cause=cause)


def test_the_agent_left(world: World, connected: Escalation) -> None:
    row = ai_left(world, connected)

    assert row.ai_left_at == START
    entry = row.timeline[-1]
    assert (entry.actor, entry.change, entry.cause) == ("agent-1", "ai_left", "room")
    assert ai_left(world, connected, cause="server") == row


def test_the_agents_word_connects_a_human_whom_no_webhook_told_of(world: World, claimed: Escalation) -> None:
    assert claimed.claim

    row = ai_left(world, claimed, human=claimed.claim.identity)

    assert (row.status, row.ai_left_at) == (Status.CONNECTED, START)
    assert [entry.change for entry in row.timeline][-2:] == ["connected", "ai_left"]
    assert row.timeline[-2].cause == "agent"
    assert row.dismiss_at == START + timedelta(seconds=world.policy.farewell_seconds)


def test_the_agents_word_connects_nobody_who_is_connected_already(
    world: World, connected: Escalation
) -> None:
    assert connected.claim

    row = ai_left(world, connected, human=connected.claim.identity)

    assert [entry.change for entry in row.timeline].count("connected") == 1


def test_a_human_who_was_heard_for_a_moment_alone_is_missed_at_once(world: World, there: Escalation) -> None:
    """Their leaving was told of before the agent's word that it had heard them."""
    assert there.claim
    identity = there.claim.identity
    world.rooms.drop(identity)
    kind, reason = EventKind.PARTICIPANT_LEFT, "CLIENT_INITIATED"
    gone = RoomEvent(id="EV_l", kind=kind, room="r", identity=identity, sid="PA_h", disconnect_reason=reason)
    presence.apply(world.ports, gone)

    row = ai_left(world, there, human=identity)
    world.rooms.drop("agent-1")

    assert world.timers.queued[-1] == (row.id, 3, False)
    world.clock.advance(3)
    looking.look(world.ports, row.id, chain=False)
    assert world.row(row).dropped_at


def test_a_stranger_is_not_connected_by_the_agents_word(world: World, claimed: Escalation) -> None:
    row = ai_left(world, claimed, human="human-agent-stranger")

    assert row.status is Status.CLAIMED


def test_nothing_can_be_said_of_an_unknown_escalation(world: World) -> None:
    with pytest.raises(UnknownEscalationError):
        leaving.cancel(world.ports, "esc_unknown", cause="operator", actor="admin")


def test_a_caller_who_changed_their_mind_cancels_once(world: World, opened: Escalation) -> None:
    row = leaving.cancel(world.ports, opened.id, cause="caller_changed_mind", actor="worker")
    again = leaving.cancel(world.ports, opened.id, cause="operator", actor="admin")

    assert (row.status, row.end_reason) == (Status.CANCELLED, "caller_changed_mind")
    assert again == row
    assert world.rooms.kinds().count("cancelled") == 1
    assert ending.words(row) == "The caller no longer needs a person at 12:00 UTC."


def test_a_call_that_had_its_human_is_completed(world: World, connected: Escalation) -> None:
    row = leaving.cancel(world.ports, connected.id, cause="operator", actor="admin")

    assert row.status is Status.COMPLETED


def test_an_end_without_words_of_its_own_is_said_plainly(world: World, opened: Escalation) -> None:
    row = leaving.cancel(world.ports, opened.id, cause="flood", actor="admin")

    assert ending.words(row) == "This call is over at 12:00 UTC."
    assert ending.words(opened) == "This call is over."


def test_whoever_an_end_leaves_alone_gets_an_agent(world: World, connected: Escalation) -> None:
    world.rooms.drop("agent-1")
    leaving.cancel(world.ports, connected.id, cause="operator", actor="worker")
    assert world.timers.queued[-1] == ("room:r", 5, False)
    assert not world.rooms.dispatched

    assert connected.claim
    world.rooms.drop(connected.claim.identity)
    world.clock.advance(5)
    looking.look(world.ports, "room:r", chain=False)

    assert world.rooms.dispatched


def test_a_person_whose_going_nobody_told_of_leaves_nobody_alone_either(
    world: World, connected: Escalation
) -> None:
    """The queue may lose the look that comes later, so there is one at once."""
    world.rooms.drop("agent-1")
    assert connected.claim
    world.rooms.drop(connected.claim.identity)

    leaving.cancel(world.ports, connected.id, cause="caller_changed_mind", actor="worker")

    assert world.rooms.dispatched


def test_an_end_that_is_stored_is_an_end_though_nothing_more_can_be_done(
    world: World, opened: Escalation
) -> None:
    world.timers.down = world.rooms.down = True

    row = leaving.cancel(world.ports, opened.id, cause="operator", actor="worker")

    assert row.status is Status.CANCELLED
