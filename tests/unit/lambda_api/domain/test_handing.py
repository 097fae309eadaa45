"""A person gives the call back, or is done with it: the AI comes, then they go."""

import pytest
from msgspec.structs import replace

from lambda_api.escalations import (
    callbacks,
    claiming,
    ending,
    finishing,
    handing,
    leaving,
    looking,
    presence,
    seating,
)
from lambda_api.escalations.errors import (
    AlreadyClaimedError,
    EscalationEndedError,
    NotConnectedError,
    SeatNotHeldError,
    UnknownLinkError,
)
from lambda_api.escalations.models import Disposition, Entry, Escalation, Reason, Role, Status
from lambda_api.escalations.opening import Request, open_escalation
from lambda_api.escalations.records import Wish, Words
from lambda_api.escalations.rooms import EventKind, ParticipantKind, RoomEvent
from tests.unit.lambda_api.domain.fakes import World


def look(world: World, row: Escalation, *, after: float = 3) -> None:
    world.clock.advance(after)
    looking.look(world.ports, row.id, chain=False)


def human(row: Escalation) -> str:
    assert row.claim
    return row.claim.identity


def give_back(world: World, row: Escalation, *, browser: str = "browser", note: str = "") -> Escalation:
    return handing.hand_back(world.ports, code=world.code(row), browser=browser, note=note)


def complete(world: World, row: Escalation, browser: str = "browser", notes: str = "") -> Escalation:
    return finishing.complete(world.ports, world.code(row), browser, Disposition.RESOLVED, notes)


@pytest.fixture
def alone(world: World, connected: Escalation) -> Escalation:
    """The human has the call and the agent has left."""
    world.rooms.drop("agent-1")
    return connected


def test_the_agent_is_called_knowing_what_was_and_the_human_goes_when_it_is_there(
    world: World, alone: Escalation
) -> None:
    row = give_back(world, alone)

    assert (row.status, row.end_reason) == (Status.HANDED_BACK, "handed_back")
    assert row.timeline[-1].actor == "human_agent:maria"
    [metadata] = world.rooms.dispatched
    assert (metadata["resume"], metadata["escalation_id"], metadata["human_name"]) == (True, row.id, "Maria")
    assert not world.rooms.removed

    world.rooms.add("agent-2", heard=True)
    look(world, row)
    assert world.rooms.removed == [human(row)]
    queued = len(world.timers.queued)
    look(world, row)
    assert len(world.timers.queued) == queued


def test_the_human_stays_until_the_agent_can_be_heard_and_goes_at_once(
    world: World, alone: Escalation
) -> None:
    row = give_back(world, alone)
    world.rooms.add("agent-2")
    look(world, row)
    assert not world.rooms.removed

    world.rooms.add("agent-2", heard=True)
    presence.apply(world.ports, voice_of("agent-2"))

    assert world.rooms.removed == [human(row)]


def test_an_agents_voice_is_nothing_new_beside_a_human_who_has_the_call(
    world: World, connected: Escalation
) -> None:
    presence.apply(world.ports, voice_of("agent-1"))

    assert world.row(connected) == connected
    assert not world.rooms.removed


def voice_of(agent: str) -> RoomEvent:
    return RoomEvent(
        id=f"EV_{agent}",
        kind=EventKind.TRACK_PUBLISHED,
        room="r",
        identity=agent,
        participant_kind=ParticipantKind.AGENT,
        audio_heard=True,
    )


def test_without_an_agent_the_human_goes_after_fifteen_seconds(world: World, alone: Escalation) -> None:
    row = give_back(world, alone)
    look(world, row, after=14)
    assert not world.rooms.removed

    look(world, row, after=1)

    assert world.rooms.removed == [human(row)]


def test_what_the_human_noted_is_kept_for_the_ai(world: World, alone: Escalation) -> None:
    row = give_back(world, alone, note="wants a refund")

    assert world.store.said[row.id].notes == "wants a refund"
    assert "refund" not in str(row)


def test_again_is_no_other(world: World, alone: Escalation) -> None:
    give_back(world, alone)

    assert give_back(world, alone) == world.row(alone)
    assert len(world.rooms.dispatched) == 1


def test_another_browser_may_not_give_it_back(world: World, alone: Escalation) -> None:
    for act in (give_back, complete):
        with pytest.raises(SeatNotHeldError):
            act(world, alone, browser="another")


def test_another_person_may_not_either_and_reads_after_the_end_why(world: World, opened: Escalation) -> None:
    look(world, opened, after=45)
    claiming.claim(world.ports, world.code(opened), "browser")
    code = world.code(opened, "jonas", 2)
    with pytest.raises(AlreadyClaimedError):
        handing.hand_back(world.ports, code=code, browser="b")
    ending.close(world.ports, opened, actor="w", cause="api", reason="caller_left")

    with pytest.raises(EscalationEndedError):
        handing.hand_back(world.ports, code=code, browser="b")


def test_what_nobody_has_cannot_be_given_back(world: World, opened: Escalation) -> None:
    with pytest.raises(NotConnectedError):
        give_back(world, opened)
    claiming.claim(world.ports, world.code(opened), "browser")
    for act in (give_back, complete):
        with pytest.raises(NotConnectedError):
            act(world, opened)


def test_what_is_over_cannot_be_given_back(world: World, connected: Escalation) -> None:
    ending.close(world.ports, connected, actor="caller", cause="webhook", reason="caller_left")

    with pytest.raises(EscalationEndedError) as refused:
        give_back(world, connected)
    assert (refused.value.words, refused.value.reason) == ("The caller left at 12:00 UTC.", "caller_left")


def test_another_system_may_give_it_back(world: World, alone: Escalation) -> None:
    row = handing.hand_back(world.ports, escalation_id=alone.id, actor="desk")

    assert (row.status, row.timeline[-1].actor, row.timeline[-1].cause) == (
        Status.HANDED_BACK,
        "desk",
        "api",
    )


def test_the_link_says_that_it_was_handed_back(world: World, alone: Escalation) -> None:
    give_back(world, alone)

    view = claiming.view(world.ports, world.code(alone))

    assert view.ended
    assert "handed back at 12:00 UTC" in view.ended.words
    assert view.ended.status is Status.HANDED_BACK


def test_a_new_request_in_the_same_call_is_a_new_epoch(world: World, alone: Escalation) -> None:
    give_back(world, alone)
    request = Request(room="r", caller_identity="caller-1", reason=Reason.OTHER)

    again = open_escalation(world.ports, request, key_name="w", idempotency_key="new")

    assert (again.created, again.escalation.epoch) == (True, 2)


def test_who_came_by_a_seat_gives_back_by_its_link(world: World, opened: Escalation) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.HUMAN_AGENT)
    identity = claiming.claim(world.ports, seat.code, "browser").identity
    world.rooms.drop("agent-1")
    world.rooms.add(identity, sid="PA_s", heard=True)
    look(world, opened)

    row = handing.hand_back(world.ports, code=seat.code, browser="browser")

    assert row.status is Status.HANDED_BACK
    elsewhere = seating.create_seat(world.ports, "empty", role=Role.HUMAN_AGENT)
    with pytest.raises(UnknownLinkError):
        handing.hand_back(world.ports, code=elsewhere.code, browser="browser")


def test_a_completed_call_says_what_became_of_it(world: World, alone: Escalation) -> None:
    row = complete(world, alone, notes="paid")

    assert (row.status, row.end_reason, row.disposition) == (
        Status.COMPLETED,
        "human_completed",
        Disposition.RESOLVED,
    )
    assert world.store.said[row.id].notes == "paid"
    assert complete(world, alone) == world.row(alone)


def test_a_call_that_is_completed_already_is_disposed_once(world: World, connected: Escalation) -> None:
    ending.close(world.ports, connected, actor="caller", cause="webhook", reason="caller_left")

    row = complete(world, connected, notes="first")
    again = complete(world, connected, notes="second")

    assert row == again
    assert (row.end_reason, row.timeline[-1].change) == ("caller_left", "disposed")
    assert world.store.said[row.id].notes == "first"


def test_a_call_that_was_given_back_cannot_be_completed(world: World, alone: Escalation) -> None:
    give_back(world, alone)

    with pytest.raises(EscalationEndedError):
        complete(world, alone)


def test_who_stays_on_after_completing_leaves_nobody_alone(world: World, alone: Escalation) -> None:
    row = complete(world, alone)
    assert not world.rooms.dispatched
    world.clock.advance(600)
    world.rooms.drop(human(alone))

    gone = RoomEvent(id="EV_l", kind=EventKind.PARTICIPANT_LEFT, room="r", identity=human(alone), sid="PA_h")
    presence.apply(world.ports, gone)

    assert [one["escalation_id"] for one in world.rooms.dispatched] == [row.id]


def test_after_the_end_a_stranger_reads_of_the_end(world: World, connected: Escalation) -> None:
    leaving.cancel(world.ports, connected.id, cause="operator", actor="w")

    with pytest.raises(EscalationEndedError):
        handing.hand_back(world.ports, code=world.code(connected), browser="another browser")


def test_a_note_is_added_to_what_was_said_before(world: World, alone: Escalation) -> None:
    wish = Wish(name="Ada", phone="+15005550177", when="at six")
    callbacks.ask(world.ports, alone.id, wish, actor="worker")
    give_back(world, alone, note="wants a refund")

    callbacks.complete(world.ports, alone.id, actor="desk", notes="spoke to her")

    assert world.store.said[alone.id] == Words(wish=wish, notes="wants a refund\nspoke to her")


@pytest.mark.parametrize("by_link", [True, False])
def test_without_a_note_nothing_is_noted(world: World, alone: Escalation, *, by_link: bool) -> None:
    if by_link:
        finishing.complete(world.ports, world.code(alone), "browser", Disposition.RESOLVED)
    else:
        handing.hand_back(world.ports, escalation_id=alone.id, actor="desk")

    assert alone.id not in world.store.said


def test_what_became_of_a_call_that_was_over_is_said_by_its_person(world: World, alone: Escalation) -> None:
    leaving.cancel(world.ports, alone.id, cause="caller_left", actor="worker")

    row = complete(world, alone)

    assert row.timeline[-1] == Entry(
        at=world.clock(), actor="human_agent:maria", change="disposed", cause="link", reason="resolved"
    )


@pytest.mark.parametrize(
    ("identity", "kind"), [("avatar-1", ParticipantKind.AGENT), ("agent-like", ParticipantKind.STANDARD)]
)
def test_nobody_elses_voice_is_taken_for_the_agents(
    world: World, alone: Escalation, identity: str, kind: ParticipantKind
) -> None:
    give_back(world, alone)
    queued = len(world.timers.queued)

    presence.apply(world.ports, replace(voice_of(identity), participant_kind=kind))

    assert len(world.timers.queued) == queued
