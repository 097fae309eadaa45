"""LiveKit's webhooks: each has one effect, keyed on the connection, in whatever order they come."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from lambda_api.escalations import claiming, leaving, looking, presence
from lambda_api.escalations.errors import UnavailableError
from lambda_api.escalations.models import Escalation, Reason, Status
from lambda_api.escalations.opening import Request, open_escalation
from lambda_api.escalations.rooms import EventKind, ParticipantKind, RoomEvent
from tests.unit.lambda_api.domain.fakes import START, World


def event(kind: EventKind, identity: str = "", **more: str) -> RoomEvent:
    sid = more.pop("sid", f"PA_{identity}")
    event_id = more.pop("id", f"EV_{kind}_{sid}")
    return RoomEvent(id=event_id, kind=kind, room="r", identity=identity, sid=sid, **more)  # type: ignore[arg-type]


def human(row: Escalation) -> str:
    assert row.claim
    return row.claim.identity


def cancel(world: World, row: Escalation) -> None:
    leaving.cancel(world.ports, row.id, cause="operator", actor="admin")


def test_the_claims_holder_is_there(world: World, there: Escalation) -> None:
    assert there.claim
    assert (there.claim.sid, there.claim.there_at, there.status) == ("PA_h", START, Status.CLAIMED)
    assert world.rooms.nudges[-1]["type"] == "human_there"
    assert world.timers.queued[-1] == (there.id, 1, False)


def test_a_published_microphone_connects(world: World, connected: Escalation) -> None:
    assert connected.claim
    assert connected.status is Status.CONNECTED
    assert connected.claim.heard_at == START
    assert world.rooms.nudges[-1]["type"] == "human_heard"
    assert world.timers.queued[-1] == (connected.id, 3, False)


def test_a_second_microphone_connects_nobody_again(world: World, connected: Escalation) -> None:
    told = event(EventKind.TRACK_PUBLISHED, human(connected), sid="PA_h", id="EV_second")

    presence.apply(world.ports, replace(told, audio_heard=True))

    assert world.row(connected) == connected


def test_a_muted_microphone_connects_nobody(world: World, there: Escalation) -> None:
    presence.apply(world.ports, event(EventKind.TRACK_PUBLISHED, human(there), sid="PA_h"))

    assert world.row(there) == there


def test_a_microphone_before_the_join_is_there_and_heard_at_once(world: World, claimed: Escalation) -> None:
    told = replace(event(EventKind.TRACK_PUBLISHED, human(claimed), sid="PA_h"), audio_heard=True)
    presence.apply(world.ports, told)
    presence.apply(world.ports, event(EventKind.PARTICIPANT_JOINED, human(claimed), sid="PA_h"))

    row = world.row(claimed)
    assert row.claim
    assert (row.status, row.claim.sid, row.claim.there_at) == (Status.CONNECTED, "PA_h", START)
    assert world.rooms.kinds().count("human_there") == 0


@pytest.mark.parametrize("times", [2, 5])
def test_an_event_that_comes_again_has_one_effect(world: World, claimed: Escalation, times: int) -> None:
    for _ in range(times):
        presence.apply(world.ports, event(EventKind.PARTICIPANT_JOINED, human(claimed), sid="PA_h"))

    assert world.rooms.kinds().count("human_there") == 1
    assert [entry.change for entry in world.row(claimed).timeline].count("human_there") == 1


def test_an_event_id_that_had_its_effect_changes_nothing_else(world: World, there: Escalation) -> None:
    again = event(EventKind.PARTICIPANT_LEFT, human(there), sid="PA_h", id="EV_j")

    presence.apply(world.ports, again)

    assert world.row(there) == there


def test_an_event_that_could_not_be_stored_is_a_failure(world: World, claimed: Escalation) -> None:
    world.store.faults = [UnavailableError("store")]

    with pytest.raises(UnavailableError):
        presence.apply(world.ports, event(EventKind.PARTICIPANT_JOINED, human(claimed)))


def test_an_impostor_is_removed_and_changes_nothing(world: World, opened: Escalation) -> None:
    world.rooms.add("human-agent-impostor")

    presence.apply(world.ports, event(EventKind.PARTICIPANT_JOINED, "human-agent-impostor"))

    assert world.rooms.removed == ["human-agent-impostor"]
    assert world.row(opened) == opened


def test_livekits_own_sip_human_is_let_be(world: World) -> None:
    presence.apply(world.ports, event(EventKind.PARTICIPANT_JOINED, "human-agent-sip"))

    assert not world.rooms.removed


def test_a_caller_who_joins_changes_nothing(world: World, opened: Escalation) -> None:
    presence.apply(world.ports, event(EventKind.PARTICIPANT_JOINED, "caller-1"))

    assert world.row(opened) == opened


def test_an_agent_beside_a_human_is_looked_at(world: World, connected: Escalation) -> None:
    queued = len(world.timers.queued)
    agent = replace(event(EventKind.PARTICIPANT_JOINED, "agent-2"), participant_kind=ParticipantKind.AGENT)

    presence.apply(world.ports, agent)

    assert world.timers.queued[queued:] == [(connected.id, 3, False)]


def test_an_agent_before_any_human_is_no_matter(world: World, opened: Escalation) -> None:
    queued = len(world.timers.queued)
    agent = replace(event(EventKind.PARTICIPANT_JOINED, "agent-2"), participant_kind=ParticipantKind.AGENT)

    presence.apply(world.ports, agent)

    assert len(world.timers.queued) == queued
    del opened


def test_an_event_of_another_session_of_the_room_changes_nothing(world: World, claimed: Escalation) -> None:
    world.store.rows[claimed.id] = replace(claimed, room_sid="RM_new")
    before = world.row(claimed)

    for kind in (EventKind.PARTICIPANT_LEFT, EventKind.ROOM_FINISHED):
        presence.apply(world.ports, event(kind, "caller-1", room_sid="RM_old"))
    world.rooms.add(human(claimed))
    presence.apply(world.ports, event(EventKind.PARTICIPANT_JOINED, human(claimed), room_sid="RM_old"))

    assert world.row(claimed) == before


@pytest.mark.parametrize(("session", "status"), [("RM_old", Status.CLAIMED), ("RM_new", Status.CONNECTED)])
def test_a_microphone_connects_in_the_rows_own_session_of_the_room_alone(
    world: World, claimed: Escalation, session: str, status: Status
) -> None:
    world.store.rows[claimed.id] = replace(claimed, room_sid="RM_new")
    world.rooms.add(human(claimed), sid="PA_h", heard=True)

    told = event(EventKind.TRACK_PUBLISHED, human(claimed), sid="PA_h", room_sid=session)
    presence.apply(world.ports, replace(told, audio_heard=True))

    assert world.row(claimed).status is status


def test_who_holds_the_claim_is_looked_for_and_not_removed_when_livekit_was_started_again(
    world: World, claimed: Escalation
) -> None:
    world.store.rows[claimed.id] = replace(claimed, room_sid="RM_before")
    world.rooms.add(human(claimed))
    queued = len(world.timers.queued)

    presence.apply(world.ports, event(EventKind.PARTICIPANT_JOINED, human(claimed), room_sid="RM_after"))

    assert human(claimed) not in world.rooms.removed
    assert len(world.timers.queued) == queued + 1


def test_the_rooms_session_is_learnt_from_the_human(world: World, claimed: Escalation) -> None:
    presence.apply(world.ports, event(EventKind.PARTICIPANT_JOINED, human(claimed), room_sid="RM_1"))

    assert world.row(claimed).room_sid == "RM_1"


def test_a_clean_leave_completes_and_calls_the_agent_back(world: World, connected: Escalation) -> None:
    world.rooms.drop("agent-1")
    world.rooms.drop(human(connected))
    left = event(
        EventKind.PARTICIPANT_LEFT, human(connected), sid="PA_h", disconnect_reason="CLIENT_INITIATED"
    )

    presence.apply(world.ports, left)

    row = world.row(connected)
    assert (row.status, row.end_reason) == (Status.COMPLETED, "human_left")
    [metadata] = world.rooms.dispatched
    assert metadata == {
        "room": "r",
        "caller_identity": "caller-1",
        "escalation_id": row.id,
        "resume": True,
        "human_name": "Maria",
    }
    assert row.timeline[-1].change == "ai_recalled"


@pytest.mark.parametrize("reason", ["DUPLICATE_IDENTITY", "MIGRATION"])
def test_who_goes_on_elsewhere_has_not_left(world: World, connected: Escalation, reason: str) -> None:
    presence.apply(
        world.ports,
        event(EventKind.PARTICIPANT_LEFT, human(connected), sid="PA_h", disconnect_reason=reason),
    )

    assert world.row(connected) == connected


def test_the_farewell_of_an_old_connection_changes_nothing(world: World, connected: Escalation) -> None:
    claiming.claim(world.ports, world.code(connected), "browser")
    presence.apply(
        world.ports, event(EventKind.PARTICIPANT_JOINED, human(world.row(connected)), sid="PA_new")
    )
    before = world.row(connected)
    assert before.claim
    assert before.claim.sid == "PA_new"

    presence.apply(world.ports, event(EventKind.PARTICIPANT_LEFT, human(connected), sid="PA_h"))

    assert world.row(connected) == before


def test_the_late_join_of_an_older_connection_changes_nothing(world: World, claimed: Escalation) -> None:
    new = replace(event(EventKind.PARTICIPANT_JOINED, human(claimed), sid="PA_new"), joined_at=START)
    old = replace(new, id="EV_old", sid="PA_old", joined_at=START - timedelta(seconds=9))

    presence.apply(world.ports, new)
    presence.apply(world.ports, old)

    row = world.row(claimed)
    assert row.claim
    assert row.claim.sid == "PA_new"


def test_a_human_who_leaves_unheard_keeps_the_claim(world: World, there: Escalation) -> None:
    presence.apply(world.ports, event(EventKind.PARTICIPANT_LEFT, human(there), sid="PA_h"))

    row = world.row(there)
    assert row.claim
    assert (row.status, row.claim.there_at, row.claim.sid) == (Status.CLAIMED, None, "")
    assert row.timeline[-1].change == "human_away"


def test_media_that_never_came_up_leaves_the_claim_as_it_was(world: World, claimed: Escalation) -> None:
    presence.apply(world.ports, event(EventKind.CONNECTION_ABORTED, human(claimed)))

    assert world.row(claimed) == claimed


def test_a_claim_that_is_released_at_that_moment_is_not_joined(world: World, claimed: Escalation) -> None:
    identity = human(claimed)

    def released() -> None:
        world.clock.advance(60)
        looking.look(world.ports, claimed.id, chain=False)

    world.store.meanwhile = released
    presence.apply(world.ports, event(EventKind.PARTICIPANT_JOINED, identity, sid="PA_h"))

    assert world.row(claimed).claim is None


def test_of_two_connections_of_one_moment_the_one_that_is_told_of_last_counts(
    world: World, claimed: Escalation
) -> None:
    for sid in ("PA_1", "PA_2"):
        told = event(EventKind.PARTICIPANT_JOINED, human(claimed), sid=sid)
        presence.apply(world.ports, replace(told, joined_at=START))

    claim = world.row(claimed).claim
    assert claim
    assert claim.sid == "PA_2"


def test_who_stayed_on_from_an_earlier_call_and_leaves_leaves_nobody_alone(
    world: World, connected: Escalation
) -> None:
    cancel(world, connected)
    request = Request(room="r", caller_identity="caller-1", reason=Reason.OTHER, agent_identity="agent-1")
    cancel(world, open_escalation(world.ports, request, key_name="w", idempotency_key="k-2").escalation)
    for identity in ("agent-1", human(connected)):
        world.rooms.drop(identity)

    presence.apply(world.ports, event(EventKind.PARTICIPANT_LEFT, human(connected), sid="PA_h"))

    [called] = world.rooms.dispatched
    assert "instead_of" not in called


@pytest.mark.parametrize("over", [True, False])
def test_nobody_is_called_when_an_observer_leaves(world: World, opened: Escalation, *, over: bool) -> None:
    if over:
        cancel(world, opened)
    world.rooms.drop("agent-1")

    presence.apply(world.ports, event(EventKind.PARTICIPANT_LEFT, "observer-1"))

    assert not world.rooms.dispatched


def test_in_a_room_without_a_row_it_changes_nothing_that_a_person_leaves(world: World) -> None:
    world.rooms.drop("agent-1")

    for identity in ("human-agent-maria-1", "observer-1"):
        presence.apply(world.ports, event(EventKind.PARTICIPANT_LEFT, identity))

    assert not world.rooms.dispatched


def test_in_a_room_without_a_row_it_changes_nothing_that_the_agent_is_heard(world: World) -> None:
    told = event(EventKind.TRACK_PUBLISHED, "agent-1")

    presence.apply(world.ports, replace(told, participant_kind=ParticipantKind.AGENT, audio_heard=True))

    assert not world.timers.queued


@pytest.mark.parametrize("known", ["", "RM_1"])
def test_an_event_of_the_rows_own_session_counts(world: World, connected: Escalation, known: str) -> None:
    world.store.rows[connected.id] = replace(connected, room_sid=known)

    presence.apply(
        world.ports,
        event(
            EventKind.PARTICIPANT_LEFT,
            human(connected),
            sid="PA_h",
            room_sid="RM_1",
            disconnect_reason="CLIENT_INITIATED",
        ),
    )

    assert world.row(connected).status is Status.COMPLETED


def test_a_connection_that_is_aborted_in_a_room_without_a_request_is_no_matter(world: World) -> None:
    presence.apply(world.ports, event(EventKind.CONNECTION_ABORTED, "human-agent-maria-1"))

    assert not world.store.commits


def test_an_agent_that_has_made_room_is_not_missed_while_livekit_is_silent(
    world: World, connected: Escalation
) -> None:
    leaving.ai_left(world.ports, connected.id, agent_identity="agent-1", human_identity=None, cause="room")
    world.rooms.down = True
    gone = replace(event(EventKind.PARTICIPANT_LEFT, "agent-1"), participant_kind=ParticipantKind.AGENT)

    presence.apply(world.ports, gone)

    assert not world.rooms.dispatched


def test_a_human_who_leaves_unheard_is_waited_for_by_the_claims_own_clock(
    world: World, there: Escalation
) -> None:
    queued = len(world.timers.queued)

    presence.apply(world.ports, event(EventKind.PARTICIPANT_LEFT, human(there), sid="PA_h"))

    assert len(world.timers.queued) == queued


def test_a_connection_that_is_aborted_is_a_human_gone(world: World, there: Escalation) -> None:
    presence.apply(world.ports, event(EventKind.CONNECTION_ABORTED, human(there), sid="PA_h"))
    presence.apply(world.ports, event(EventKind.CONNECTION_ABORTED, "caller-1"))

    assert world.row(there).timeline[-1].change == "human_away"


def test_a_caller_who_leaves_while_waiting_cancels(world: World, opened: Escalation) -> None:
    world.rooms.drop("caller-1")

    presence.apply(world.ports, event(EventKind.PARTICIPANT_LEFT, "caller-1"))

    row = world.row(opened)
    assert (row.status, row.end_reason) == (Status.CANCELLED, "caller_left")
    assert world.rooms.nudges[-1]["type"] == "cancelled"


def test_a_caller_who_leaves_a_human_completes(world: World, connected: Escalation) -> None:
    world.rooms.drop("caller-1")

    presence.apply(world.ports, event(EventKind.PARTICIPANT_LEFT, "caller-1"))

    row = world.row(connected)
    assert (row.status, row.end_reason) == (Status.COMPLETED, "caller_left")
    assert not world.rooms.dispatched


def test_the_end_of_the_room_ends_the_escalation(world: World, opened: Escalation) -> None:
    del world.rooms.there["r"]

    presence.apply(world.ports, event(EventKind.ROOM_FINISHED))
    presence.apply(world.ports, event(EventKind.ROOM_FINISHED, id="EV_again"))

    assert world.row(opened).status is Status.CANCELLED


def test_a_caller_who_is_back_already_has_not_left(world: World, opened: Escalation) -> None:
    world.rooms.drop("caller-1")
    world.rooms.add("caller-1", sid="PA_back")

    presence.apply(world.ports, event(EventKind.PARTICIPANT_LEFT, "caller-1"))

    assert world.row(opened) == opened


def test_without_livekits_list_a_callers_leaving_is_left_to_a_look(world: World, opened: Escalation) -> None:
    world.rooms.down = True

    presence.apply(world.ports, event(EventKind.PARTICIPANT_LEFT, "caller-1"))

    assert world.row(opened) == opened
    assert world.timers.queued[-1] == (opened.id, 3, False)


def test_a_stranger_who_leaves_changes_nothing(world: World, opened: Escalation) -> None:
    presence.apply(world.ports, event(EventKind.PARTICIPANT_LEFT, "observer-1"))

    assert world.row(opened) == opened


def test_an_agents_leaving_is_noted_once_the_human_is_heard(world: World, connected: Escalation) -> None:
    agent = replace(event(EventKind.PARTICIPANT_LEFT, "agent-1"), participant_kind=ParticipantKind.AGENT)

    presence.apply(world.ports, agent)
    presence.apply(world.ports, replace(agent, id="EV_again"))

    row = world.row(connected)
    assert row.ai_left_at == START
    assert [entry.change for entry in row.timeline].count("ai_left") == 1


def test_a_row_that_ends_at_that_moment_is_not_joined(world: World, claimed: Escalation) -> None:
    joined = event(EventKind.PARTICIPANT_JOINED, human(claimed), sid="PA_h")
    heard = replace(event(EventKind.TRACK_PUBLISHED, human(claimed), sid="PA_h"), audio_heard=True)
    for told in (joined, heard):
        world.store.rows[claimed.id] = claimed
        world.store.events.clear()
        world.store.meanwhile = lambda: cancel(world, claimed)

        presence.apply(world.ports, told)

        assert world.row(claimed).status is Status.CANCELLED


def test_a_caller_who_left_an_escalation_that_ends_at_that_moment(world: World, opened: Escalation) -> None:
    world.rooms.drop("caller-1")
    world.store.meanwhile = lambda: cancel(world, opened)

    presence.apply(world.ports, event(EventKind.PARTICIPANT_LEFT, "caller-1"))

    assert world.row(opened).end_reason == "operator"
    assert world.rooms.kinds().count("cancelled") == 1
