"""A look repairs what no event told; the chain of looks follows a row to its end."""

import pytest
from msgspec.structs import replace

from lambda_api.escalations import claiming, handing, leaving, looking, opening
from lambda_api.escalations.errors import ConflictError, UnavailableError
from lambda_api.escalations.models import Entry, Escalation, HumanAgent, Reason, Status
from lambda_api.escalations.records import OutboxItem
from lambda_api.escalations.rooms import Participant
from tests.unit.lambda_api.domain.fakes import World


def look(world: World, row: Escalation, *, after: float = 0, chain: bool = False) -> Escalation:
    world.clock.advance(after)
    looking.look(world.ports, row.id, chain=chain)
    return world.row(row)


def human(row: Escalation) -> str:
    assert row.claim
    return row.claim.identity


def changes(row: Escalation) -> list[str]:
    return [entry.change for entry in row.timeline]


def test_a_look_at_nothing_is_nothing(world: World) -> None:
    looking.look(world.ports, "esc_never_written", chain=True)

    assert not world.timers.queued


def test_nothing_due_changes_nothing(world: World, opened: Escalation) -> None:
    assert look(world, opened, after=44) == opened


def test_the_next_tier_is_told_when_the_first_has_not_answered(world: World, opened: Escalation) -> None:
    row = look(world, opened, after=45)

    assert (row.tier, row.round, row.people_told) == (2, 2, 2)
    assert [phone for phone, _ in world.notifier.texts] == ["+15005550101", "+15005550102"]
    assert claiming.view(world.ports, world.code(row, "jonas", 2)).name == "Jonas"
    assert claiming.view(world.ports, world.code(row, "maria", 1)).name == "Maria"


def test_after_the_last_tier_nobody_has_answered(world: World, opened: Escalation) -> None:
    look(world, opened, after=45)

    row = look(world, opened, after=45)

    assert (row.status, row.end_reason) == (Status.UNANSWERED, "nobody_answered")
    assert world.rooms.nudges[-1]["type"] == "unanswered"


def test_a_claim_that_came_to_nothing_is_released_and_told_again(world: World, claimed: Escalation) -> None:
    row = look(world, claimed, after=60)

    assert (row.status, row.claim, row.round) == (Status.NOTIFIED, None, 2)
    assert row.timeline[-1].reason == "not_there_in_time"
    assert world.rooms.nudges[-1]["type"] == "released"
    assert [phone for phone, _ in world.notifier.texts] == ["+15005550101"] * 2
    again = claiming.claim(world.ports, world.code(row, "maria", 2), "another browser")
    assert again.identity != human(claimed)


def test_a_human_who_was_there_but_never_heard_is_removed_at_release(world: World, there: Escalation) -> None:
    row = look(world, there, after=60)

    assert row.timeline[-1].reason == "not_heard_in_time"
    assert world.rooms.removed == [human(there)]


def test_a_released_claim_with_nobody_left_to_tell_ends_unanswered(world: World, claimed: Escalation) -> None:
    world.store.roster.clear()
    look(world, claimed, after=60)

    row = look(world, claimed, after=45)

    assert row.status is Status.UNANSWERED


def test_a_direct_join_that_came_to_nothing_calls_nobody(world: World, there: Escalation) -> None:
    world.store.rows[there.id] = replace(there, reason=Reason.DIRECT_JOIN)
    texts = len(world.notifier.texts)

    row = look(world, there, after=60)

    assert (row.status, row.end_reason) == (Status.CANCELLED, "not_heard_in_time")
    assert row.timeline[-1] == Entry(
        at=world.clock(),
        actor="timer",
        change="cancelled",
        cause="claim_deadline",
        reason="not_heard_in_time",
    )
    assert len(world.notifier.texts) == texts


def test_who_came_uncalled_and_left_unheard_leaves_nobody_alone(world: World, claimed: Escalation) -> None:
    """The agent had heard them and gone; LiveKit's word of it was lost."""
    world.store.rows[claimed.id] = replace(claimed, reason=Reason.DIRECT_JOIN, agent_identity="")
    world.rooms.drop("agent-1")

    row = look(world, claimed, after=60)

    assert row.status is Status.CANCELLED
    assert world.rooms.dispatched


def test_a_lost_join_is_seen(world: World, claimed: Escalation) -> None:
    world.rooms.add(human(claimed), sid="PA_h")

    row = look(world, claimed)

    assert row.claim
    assert row.claim.sid == "PA_h"
    assert "human_there" in world.rooms.kinds()
    assert world.timers.queued[-1] == (row.id, 1, False)


def test_a_human_whose_media_is_not_up_is_not_there(world: World, claimed: Escalation) -> None:
    world.rooms.add(human(claimed), sid="PA_h", active=False)

    assert look(world, claimed) == claimed


def test_a_human_whose_media_comes_back_up_has_not_gone(world: World, connected: Escalation) -> None:
    world.rooms.drop("agent-1")
    look(world, connected)
    world.rooms.add(human(connected), sid="PA_h", active=False)

    assert look(world, connected).status is Status.CONNECTED


def test_an_unmute_is_seen_and_the_agent_gets_a_moment(world: World, there: Escalation) -> None:
    world.rooms.add(human(there), sid="PA_h", heard=True)

    row = look(world, there)

    assert row.status is Status.CONNECTED
    assert world.rooms.nudges[-1]["type"] == "human_heard"
    assert (row.id, 2, False) in world.timers.queued
    assert not world.rooms.dismissed


def test_a_human_there_but_not_heard_is_looked_at_every_second(world: World, there: Escalation) -> None:
    queued = len(world.timers.queued)

    look(world, there, after=1)

    assert world.timers.queued[queued:] == [(there.id, 1, False)]


def test_an_agent_that_stays_is_dismissed_then_removed(world: World, connected: Escalation) -> None:
    world.rooms.wedged = True
    assert look(world, connected, after=2) == connected

    row = look(world, connected, after=1)
    assert (world.rooms.dismissed, row.timeline[-1].change) == (["r"], "ai_dismissed")
    assert not world.rooms.removed

    look(world, connected, after=1)
    assert not world.rooms.removed
    look(world, connected, after=1)
    assert world.rooms.removed == ["agent-1"]
    row = look(world, connected, after=3)
    assert row.ai_left_at
    assert changes(row)[-1] == "ai_left"


def test_an_agent_is_not_dismissed_for_a_human_who_cannot_be_heard_any_more(
    world: World, connected: Escalation
) -> None:
    world.rooms.add(human(connected), sid="PA_h", heard=False)
    assert look(world, connected, after=30) == connected
    assert world.timers.queued[-1] == (connected.id, 3, False)

    world.rooms.add(human(connected), sid="PA_h", heard=True)
    row = look(world, connected, after=3)

    assert (world.rooms.dismissed, row.timeline[-1].change) == (["r"], "ai_dismissed")


def test_an_agents_leaving_that_nobody_told_is_noted(world: World, connected: Escalation) -> None:
    world.rooms.drop("agent-1")

    row = look(world, connected)

    assert row.ai_left_at
    assert look(world, connected, after=3) == row


def test_an_agent_that_died_beside_a_human_who_is_mute_again_is_called_back(
    world: World, connected: Escalation
) -> None:
    world.rooms.add(human(connected), sid="PA_h", heard=False)
    world.rooms.drop("agent-1")

    row = look(world, connected)

    assert (len(world.rooms.dispatched), row.ai_left_at) == (1, None)
    assert changes(row)[-1] == "ai_recalled"
    look(world, connected, after=3)
    assert len(world.rooms.dispatched) == 1
    look(world, connected, after=10)
    assert len(world.rooms.dispatched) == 2


def test_a_human_who_mutes_once_the_agent_has_left_keeps_the_call(
    world: World, connected: Escalation
) -> None:
    leaving.ai_left(world.ports, connected.id, agent_identity="agent-1", human_identity=None, cause="room")
    world.rooms.drop("agent-1")
    world.rooms.add(human(connected), sid="PA_h", heard=False)

    look(world, connected, after=30)

    assert not world.rooms.dispatched


def test_a_caller_who_vanished_ends_it(world: World, opened: Escalation) -> None:
    world.rooms.drop("caller-1")

    row = look(world, opened)

    assert (row.status, row.end_reason) == (Status.CANCELLED, "caller_left")
    assert not world.store.watches
    assert world.rooms.nudges[-1]["type"] == "cancelled"


def test_a_room_that_is_gone_ends_a_call_with_its_human(world: World, connected: Escalation) -> None:
    leaving.ai_left(world.ports, connected.id, agent_identity="agent-1", human_identity=None, cause="room")
    nudges = len(world.rooms.nudges)
    del world.rooms.there["r"]

    row = look(world, connected)

    assert row.status is Status.COMPLETED
    assert len(world.rooms.nudges) == nudges


def test_a_human_who_vanished_brings_the_agent_back(world: World, connected: Escalation) -> None:
    world.rooms.drop("agent-1")
    world.rooms.drop(human(connected))

    assert "human_dropped" in changes(look(world, connected))
    assert not world.rooms.dispatched
    row = look(world, connected, after=10)

    assert (row.status, row.end_reason) == (Status.HANDED_BACK, "human_dropped")
    assert len(world.rooms.dispatched) == 1


def test_a_human_who_vanished_unheard_keeps_the_claim(world: World, there: Escalation) -> None:
    world.rooms.drop(human(there))

    row = look(world, there)

    assert (row.status, changes(row)[-1]) == (Status.CLAIMED, "human_away")


def test_a_newer_connection_of_the_human_counts(world: World, connected: Escalation) -> None:
    again = claiming.claim(world.ports, world.code(connected), "browser")
    world.rooms.add(again.identity, sid="PA_2", heard=True)

    row = look(world, connected)

    assert row.claim
    assert row.claim.sid == "PA_2"


def test_without_livekits_list_only_the_clock_counts(world: World, opened: Escalation) -> None:
    world.rooms.down = True

    row = look(world, opened, after=45)

    assert row.tier == 2


def test_who_is_in_the_room_is_asked_again_after_a_conflict(world: World, claimed: Escalation) -> None:
    world.rooms.add(human(claimed), sid="PA_h")
    world.store.faults = [ConflictError()]

    row = look(world, claimed)

    assert row.claim
    assert row.claim.sid == "PA_h"


def test_what_is_due_is_done_on_the_row_that_another_has_written_meanwhile(
    world: World, claimed: Escalation
) -> None:
    world.clock.advance(60)
    others = replace(claimed, version=claimed.version + 1)
    world.store.meanwhile = lambda: world.store.rows.update({claimed.id: others})

    looking.look(world.ports, claimed.id, chain=False)

    assert "released" in changes(world.row(claimed))


def test_a_look_sends_what_waits_for_its_own_row_alone(world: World, opened: Escalation) -> None:
    world.rooms.add("caller-2", room="q")
    request = opening.Request(room="q", caller_identity="caller-2", reason=Reason.OTHER)
    other = opening.open_escalation(world.ports, request, key_name="w", idempotency_key="2").escalation
    leaving.cancel(world.ports, other.id, cause="operator", actor="admin")

    look(world, opened, after=1)

    assert {item.escalation_id for item in world.store.items.values()} == {other.id}


def test_nobody_asks_livekit_about_a_call_that_is_over(
    world: World, opened: Escalation, caplog: pytest.LogCaptureFixture
) -> None:
    leaving.cancel(world.ports, opened.id, cause="operator", actor="admin")
    world.rooms.down = True

    look(world, opened)

    # Figures are lines too, where a test before this one has turned them on.
    assert not [one for one in caplog.records if one.name != "metrics"]


def test_a_look_ends_however_often_others_write(world: World, claimed: Escalation) -> None:
    world.rooms.add(human(claimed), sid="PA_h")
    world.store.faults = [ConflictError()] * 1_000

    assert look(world, claimed) == claimed


def test_a_chained_look_comes_again_while_the_row_is_open(world: World, opened: Escalation) -> None:
    queued = len(world.timers.queued)

    look(world, opened, chain=True)

    assert world.timers.queued[queued:] == [(opened.id, 15, True)]


def test_a_second_chain_of_the_same_row_dies_out(world: World, opened: Escalation) -> None:
    queued = len(world.timers.queued)

    look(world, opened, chain=True)
    look(world, opened, after=1, chain=True)

    assert len(world.timers.queued) == queued + 1


@pytest.mark.parametrize(("after", "delay"), [(31, 14), (44.5, 1), (20, 15)])
def test_the_chain_comes_at_the_deadline(world: World, opened: Escalation, after: float, delay: int) -> None:
    look(world, opened, after=after, chain=True)

    assert world.timers.queued[-1] == (opened.id, delay, True)


def test_the_chain_follows_a_call_that_has_no_deadline(world: World, connected: Escalation) -> None:
    look(world, connected, after=100, chain=True)

    assert world.timers.queued[-1] == (connected.id, 15, True)


def test_the_chain_ends_with_the_row(world: World, opened: Escalation) -> None:
    leaving.cancel(world.ports, opened.id, cause="caller_changed_mind", actor="worker")
    queued = len(world.timers.queued)

    look(world, opened, chain=True)

    assert len(world.timers.queued) == queued


def test_the_sweep_sends_what_is_unsent_and_looks_at_every_open_row(world: World) -> None:
    world.notifier.down = True
    request = opening.Request(room="r", caller_identity="caller-1", reason=Reason.OTHER)
    first = opening.open_escalation(world.ports, request, key_name="w", idempotency_key="1").escalation
    world.rooms.add("caller-2", room="q")
    other = replace(request, room="q", caller_identity="caller-2")
    second = opening.open_escalation(world.ports, other, key_name="w", idempotency_key="2").escalation
    world.notifier.down = False

    world.clock.advance(60)
    looking.sweep(world.ports)

    assert {world.row(one).tier for one in (first, second)} == {2}
    assert not world.store.items
    assert len(world.notifier.texts) == 4


def test_the_sweep_takes_up_a_chain_that_was_lost(world: World, opened: Escalation) -> None:
    """Nothing waits to be sent: the row is found because it is open."""
    assert not world.store.items
    queued = len(world.timers.queued)
    world.clock.advance(40)

    looking.sweep(world.ports)

    assert world.timers.queued[queued:] == [(opened.id, 5, True)]


def test_a_row_that_cannot_be_swept_does_not_stop_the_sweep(world: World, opened: Escalation) -> None:
    world.store.put_person(HumanAgent(id="eva", name="Eva", email="e@example.com"))
    world.clock.advance(45)
    world.store.faults = [UnavailableError("store")]

    looking.sweep(world.ports)

    assert world.row(opened) == opened


def test_a_look_does_not_undo_what_happened_while_it_looked(world: World, claimed: Escalation) -> None:
    world.clock.advance(60)
    world.rooms.add(human(claimed), sid="PA_h")
    world.store.meanwhile = lambda: looking.look(world.ports, claimed.id, chain=False)

    looking.look(world.ports, claimed.id, chain=False)

    assert changes(world.row(claimed)).count("human_there") == 1
    assert changes(world.row(claimed)).count("released") == 1


def test_claims_that_come_to_nothing_have_people_told_so_often_and_no_more(
    world: World, opened: Escalation
) -> None:
    row = opened
    for number in range(1, world.policy.rounds + 1):
        claiming.claim(world.ports, world.code(opened, "maria", number), "browser")
        row = look(world, opened, after=60)
    texts = len(world.notifier.texts)

    row = look(world, row, after=45)

    assert texts == world.policy.rounds
    assert row.told[-1].human_agent_id == "jonas"
    assert look(world, row, after=45).status is Status.UNANSWERED


def test_a_slow_look_does_not_remove_the_agent_that_was_called_back_meanwhile(
    world: World, connected: Escalation, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = look(world, connected, after=3)
    assert row.dismissed_at
    outbox = world.store.outbox

    def slow(escalation_id: str | None = None) -> tuple[OutboxItem, ...]:
        monkeypatch.undo()
        world.clock.advance(8)
        handing.hand_back(world.ports, escalation_id=row.id, actor="w")
        world.rooms.add("agent-2")
        return outbox(escalation_id)

    monkeypatch.setattr(world.store, "outbox", slow)
    looking.look(world.ports, row.id, chain=False)

    assert "agent-2" not in world.rooms.removed


@pytest.mark.parametrize(("people", "left_out"), [(40, []), (41, [1])])
def test_more_people_than_a_round_can_tell_raise_an_alarm(
    world: World, opened: Escalation, caplog: pytest.LogCaptureFixture, people: int, left_out: list[int]
) -> None:
    world.store.roster = {
        f"p{number}": HumanAgent(id=f"p{number}", name="P", tier=2, phone="+15005550102")
        for number in range(people)
    }

    row = look(world, opened, after=45)

    alarms = [vars(one) for one in caplog.records if one.message == "more people than a round can tell"]
    assert [(one["escalation_id"], one["left_out"]) for one in alarms] == [(row.id, n) for n in left_out]
    assert len(row.told) == 41


def test_of_the_next_tier_those_of_the_team_who_speak_the_language_are_told(
    world: World, opened: Escalation
) -> None:
    for name, team, spoken in (("ada", "it", "en"), ("jonas", "sales", "de"), ("eva", "it", "de")):
        one = HumanAgent(id=name, name=name, tier=2, phone=name, teams=(team,), languages=(spoken,))
        world.store.put_person(one)
    world.store.rows[opened.id] = replace(opened, team="it", language="de")

    row = look(world, opened, after=45)

    assert [one.human_agent_id for one in row.told] == ["maria", "eva"]


def test_the_chains_of_two_rows_do_not_end_each_other(world: World, opened: Escalation) -> None:
    world.rooms.add("caller-2", room="q")
    request = opening.Request(room="q", caller_identity="caller-2", reason=Reason.OTHER)
    other = opening.open_escalation(world.ports, request, key_name="w", idempotency_key="2").escalation
    world.timers.queued.clear()

    look(world, opened, chain=True)
    look(world, other, chain=True)

    assert world.timers.queued == [(opened.id, 15, True), (other.id, 15, True)]


@pytest.mark.parametrize(("after", "looks"), [(14, 1), (14.4, 1), (14.5, 2), (15, 2)])
def test_a_chains_next_look_may_come_half_a_second_early(
    world: World, connected: Escalation, after: float, looks: int
) -> None:
    world.timers.queued.clear()
    look(world, connected, chain=True)

    look(world, connected, after=after, chain=True)

    assert [one for one in world.timers.queued if one[2]] == [(connected.id, 15, True)] * looks


def test_a_call_that_ends_while_it_is_looked_at_is_followed_no_more(
    world: World, opened: Escalation, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.rooms.drop("agent-1")
    queued = len(world.timers.queued)

    def slow(room: str) -> tuple[Participant, ...] | None:
        monkeypatch.undo()
        leaving.cancel(world.ports, opened.id, cause="operator", actor="admin")
        return world.rooms.participants(room)

    monkeypatch.setattr(world.rooms, "participants", slow)
    looking.look(world.ports, opened.id, chain=True)

    assert not [one for one in world.timers.queued[queued:] if one[2]]
