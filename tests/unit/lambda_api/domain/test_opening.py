"""Opening an escalation: stored with everything, told at once, and never twice."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from lambda_api.escalations import ending, looking, opening
from lambda_api.escalations.errors import (
    ConflictError,
    IdempotencyMismatchError,
    ReservedIdentityError,
    TooBusyError,
    UnavailableError,
    UnknownEscalationError,
)
from lambda_api.escalations.models import (
    EmailStatus,
    Entry,
    Escalation,
    HumanAgent,
    LinkKind,
    Reason,
    Status,
    Told,
)
from lambda_api.escalations.names import hashed
from lambda_api.escalations.opening import Opened, Request
from lambda_api.escalations.records import Link, OutboxItem, Words
from tests.unit.lambda_api.domain.fakes import World

REQUEST = Request(room="r", caller_identity="caller-1", reason=Reason.EMERGENCY, room_sid="RM_1")


def ask(world: World, request: Request = REQUEST, *, key: str = "k") -> Opened:
    return opening.open_escalation(world.ports, request, key_name="worker", idempotency_key=key)


def test_it_is_stored_and_the_first_tier_is_told_at_once(world: World) -> None:
    opened = ask(world)

    assert opened.created
    assert opened.escalation == world.store.rows[opened.escalation.id]
    assert opened.escalation.status is Status.NOTIFIED
    assert [entry.change for entry in opened.escalation.timeline] == ["requested", "notified"]
    assert [phone for phone, _ in world.notifier.texts] == ["+15005550101"]
    assert opened.escalation.people_told == 1
    assert not world.store.items


def test_the_text_holds_the_link_and_no_name_or_number(world: World) -> None:
    row = ask(world).escalation

    [(_, text)] = world.notifier.texts

    assert text.endswith(f"/j/{world.code(row)}")
    assert len(text) <= 160
    assert "Maria" not in text
    assert "caller-1" not in text


def test_the_first_look_is_queued_before_anything_is_written(world: World) -> None:
    world.store.faults = [UnavailableError("store")]

    with pytest.raises(UnavailableError):
        ask(world)

    [(_, delay, chain)] = world.timers.queued
    assert (delay, chain) == (5, True)
    assert not world.store.rows


def test_nothing_is_written_when_no_look_can_be_queued(world: World) -> None:
    world.timers.down = True

    with pytest.raises(UnavailableError):
        ask(world)

    assert not world.store.rows


def test_a_body_has_the_digest_that_the_version_before_gave_it(world: World) -> None:
    """A try under the new version may follow one under the old; only another field may change this."""
    words = Words(summary="Grüße", transcript=(("caller", "hello"),))
    called = datetime(2026, 11, 28, 12, 0, 0, 250_000, tzinfo=UTC)

    ask(world, replace(REQUEST, words=words, tool_called_at=called))

    known = world.store.idempotency(f"worker#{hashed('k')}")
    assert known
    assert known.body_hash == "0c1b8388eb13c60776f7ea8cf4f294376be8b7423cc1e24e387cb349c5f0f6ef"


def test_the_same_key_and_body_give_the_same_answer_and_no_second_text(world: World) -> None:
    first, second = ask(world), ask(world)

    assert first == second
    assert second.created
    assert len(world.notifier.texts) == 1


def test_the_same_key_with_another_body_is_refused(world: World) -> None:
    ask(world)

    with pytest.raises(IdempotencyMismatchError):
        ask(world, replace(REQUEST, reason=Reason.OTHER))


@pytest.mark.parametrize("after", [86_400, 86_401])
def test_a_key_may_be_used_again_after_its_day(world: World, after: int) -> None:
    first = ask(world)
    ending.close(world.ports, first.escalation, actor="x", cause="api", reason="operator")
    world.clock.advance(after)

    second = ask(world, replace(REQUEST, reason=Reason.OTHER))

    assert second.created
    assert second.escalation.epoch == 2


def test_another_request_in_the_same_call_gives_the_open_one(world: World) -> None:
    first = ask(world)

    second = ask(world, replace(REQUEST, room_sid=""), key="other")

    assert not second.created
    assert second.escalation.id == first.escalation.id
    assert ask(world, replace(REQUEST, room_sid=""), key="other") == second
    assert len(world.notifier.texts) == 1


def test_a_new_session_of_the_room_ends_the_old_escalation(world: World) -> None:
    old = ask(world).escalation

    new = ask(world, replace(REQUEST, room_sid="RM_2"), key="other")

    assert new.created
    assert new.escalation.epoch == 2
    assert world.row(old).status is Status.CANCELLED
    assert world.row(old).end_reason == "newer_room_session"


def test_without_anybody_on_duty_it_is_stored_as_unanswered(world: World) -> None:
    world.store.roster.clear()

    opened = ask(world)

    row = opened.escalation
    assert opened.created
    assert (row.status, row.end_reason, row.people_told) == (Status.UNANSWERED, "nobody_on_duty", 0)
    assert len(row.timeline) == 1
    assert not world.timers.queued


def test_who_was_nobody_is_asked_again_by_the_next_request(world: World) -> None:
    maria = world.store.roster.pop("maria")
    jonas = world.store.roster.pop("jonas")
    ask(world)
    world.store.roster |= {"maria": maria, "jonas": jonas}

    again = ask(world, key="later")

    assert again.created
    assert again.escalation.epoch == 2


def test_a_notification_that_failed_is_sent_by_the_next_look(world: World) -> None:
    world.notifier.down = True
    row = ask(world).escalation
    assert row.status is Status.REQUESTED
    world.notifier.down = False

    world.clock.advance(5)
    looking.look(world.ports, row.id, chain=False)

    assert world.row(row).status is Status.NOTIFIED
    assert len(world.notifier.texts) == 1
    assert not world.store.items


def test_an_accepted_escalation_is_answered_even_if_the_store_fails_after_it(world: World) -> None:
    world.store.faults = [None, UnavailableError("store")]

    opened = ask(world)

    assert opened.escalation.status is Status.REQUESTED
    assert opened.escalation.id in world.store.rows


def test_a_conflict_is_decided_again(world: World) -> None:
    world.store.faults = [ConflictError()] * 2

    assert ask(world).created


def test_endless_conflicts_are_a_failure_that_may_be_retried(world: World) -> None:
    world.store.faults = [ConflictError()] * 100

    with pytest.raises(TooBusyError):
        ask(world)


def test_the_words_are_kept_apart_from_the_row(world: World) -> None:
    words = Words(summary="a bill", transcript=(("caller", "hello"),))

    row = ask(world, replace(REQUEST, words=words)).escalation

    assert world.store.said[row.id] == words
    assert "hello" not in str(row)


def test_a_person_with_a_confirmed_address_only_is_told_by_email(world: World) -> None:
    world.store.roster.clear()
    world.store.put_person(
        HumanAgent(id="eva", name="Eva", email="eva@example.com", email_status=EmailStatus.CONFIRMED)
    )

    row = ask(world).escalation

    [(person, text)] = world.notifier.mails
    assert person == "eva"
    assert text.endswith(world.code(row, "eva"))
    assert not world.notifier.texts
    assert row.status is Status.NOTIFIED


@pytest.mark.parametrize(
    ("fails", "texts", "mails"),
    [([True], 1, 1), ([True, False, True], 0, 1), ([False, True], 1, 0), ([True, True], 0, 0)],
    ids=["the text at first", "each text", "the mail", "both"],
)
def test_a_text_that_failed_is_tried_again_when_the_mail_got_through(
    world: World, fails: list[bool], texts: int, mails: int
) -> None:
    maria = world.store.roster["maria"]
    world.store.put_person(replace(maria, email="maria@example.com", email_status=EmailStatus.CONFIRMED))
    world.notifier.fails = [*fails]  # each try takes one away

    row = ask(world).escalation

    assert [phone for phone, _ in world.notifier.texts] == [maria.phone] * texts
    assert len(world.notifier.mails) == mails
    assert (row.status is Status.NOTIFIED) is bool(texts or mails)
    assert [*world.store.texts_of.values()] == [1]


def test_what_somebody_is_sending_nobody_else_sends(world: World) -> None:
    world.notifier.down = True
    row = ask(world).escalation
    world.notifier.down = False

    world.clock.advance(3)
    looking.look(world.ports, row.id, chain=False)

    assert not world.notifier.texts


def test_who_left_the_roster_is_not_told_any_more(world: World) -> None:
    world.notifier.down = True
    row = ask(world).escalation
    world.notifier.down = False
    world.store.delete_person("maria")

    world.clock.advance(5)
    looking.look(world.ports, row.id, chain=False)

    assert not world.notifier.texts
    assert not world.store.items


def test_a_notification_is_given_up_after_its_last_try(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.notifier.down = True
    row = ask(world).escalation
    world.store.roster.pop("jonas")
    [item] = world.store.items.values()
    world.store.items[item.id] = replace(item, attempts=world.policy.sends - 1)

    world.clock.advance(5)
    looking.look(world.ports, row.id, chain=False)
    assert world.store.items
    world.clock.advance(31)
    looking.look(world.ports, row.id, chain=False)

    assert not world.store.items
    [said] = [vars(one) for one in caplog.records if one.message == "a notification was given up"]
    assert (said["escalation_id"], said["human_agent_id"]) == (row.id, "maria")


def test_nobody_is_asked_into_a_call_that_is_over(world: World) -> None:
    world.notifier.down = True
    row = ask(world).escalation
    ending.close(world.ports, row, actor="x", cause="api", reason="operator")
    world.notifier.down = False

    world.clock.advance(5)
    looking.look(world.ports, row.id, chain=True)

    assert [text for _, text in world.notifier.texts if "/j/" in text] == []
    assert not world.store.items


def test_a_record_without_its_row_is_no_answer(world: World) -> None:
    ask(world)
    world.store.rows.clear()

    with pytest.raises(UnknownEscalationError):
        ask(world)


def test_all_that_was_asked_is_stored_with_who_asked_and_when(world: World) -> None:
    world.notifier.down = True
    called = datetime(2026, 11, 24, 11, 59, tzinfo=UTC)
    asked = replace(REQUEST, agent_identity="agent-1", team="it", language="de", tool_called_at=called)

    row = ask(world, asked).escalation

    now = world.clock()
    assert row == Escalation(
        id=row.id,
        room="r",
        room_sid="RM_1",
        status=Status.REQUESTED,
        reason=Reason.EMERGENCY,
        created_at=now,
        caller_identity="caller-1",
        agent_identity="agent-1",
        team="it",
        language="de",
        tool_called_at=called,
        tier=1,
        round=1,
        told=(Told(human_agent_id="maria", tier=1, round=1),),
        answer_by=now + timedelta(seconds=45),
        timeline=(Entry(at=now, actor="worker", change="requested", cause="api", reason="emergency"),),
    )


def test_the_link_and_the_message_are_written_with_the_row(world: World) -> None:
    row = ask(world).escalation

    now, written = world.clock(), world.store.commits[0]
    assert written.replaces == ""
    assert written.links == (
        Link(
            code_hash=hashed(world.code(row)),
            kind=LinkKind.CLAIM,
            room="r",
            human_agent_id="maria",
            name="Maria",
            valid_until=now + timedelta(seconds=900),
            escalation_id=row.id,
        ),
    )
    assert written.outbox == (
        OutboxItem(
            id=f"{row.id}:maria:1",
            escalation_id=row.id,
            human_agent_id="maria",
            round=1,
            not_before=now + timedelta(seconds=4),
        ),
    )


def test_what_nobody_is_on_duty_for_says_so_in_its_only_line(world: World) -> None:
    world.store.roster.clear()

    row = ask(world).escalation

    now = world.clock()
    assert row.ended_at == now
    assert row.timeline == (
        Entry(at=now, actor="worker", change="unanswered", cause="roster", reason="nobody_on_duty"),
    )


def test_those_of_the_team_who_speak_the_language_are_told(world: World) -> None:
    for name, team, spoken in (("maria", "it", "en"), ("jonas", "sales", "de"), ("eva", "it", "de")):
        phone = f"+1500555{name}"
        world.store.put_person(
            HumanAgent(id=name, name=name, phone=phone, teams=(team,), languages=(spoken,))
        )

    ask(world, replace(REQUEST, team="it", language="de"))

    assert [phone for phone, _ in world.notifier.texts] == ["+1500555eva"]


def test_nobody_asks_in_a_human_agents_name(world: World) -> None:
    with pytest.raises(ReservedIdentityError):
        ask(world, replace(REQUEST, caller_identity="Human-Agent-maria"))


def test_what_a_newer_session_ends_says_who_ended_it_and_why(world: World) -> None:
    old = ask(world).escalation

    ask(world, replace(REQUEST, room_sid="RM_2"), key="other")

    assert world.row(old).timeline[-1] == Entry(
        at=world.clock(),
        actor="worker",
        change="cancelled",
        cause="new_request",
        reason="newer_room_session",
    )


def test_a_key_of_the_day_before_may_join_what_is_open(world: World) -> None:
    first = ask(world)
    ask(world, key="other")
    world.clock.advance(86_400)

    again = ask(world, key="other")

    assert (again.created, again.escalation.id) == (False, first.escalation.id)
