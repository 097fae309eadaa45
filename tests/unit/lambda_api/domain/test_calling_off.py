"""Those who were told that a caller waits are told, once, that nobody is needed any more."""

import logging

import pytest
from msgspec.structs import replace

from lambda_api.escalations import answering, calling_off, leaving, looking, telling
from lambda_api.escalations.models import EmailStatus, Escalation, HumanAgent, Reason, Status, Told
from lambda_api.escalations.opening import Request, open_escalation
from lambda_api.escalations.records import ItemKind, OutboxItem
from tests.unit.lambda_api.domain.fakes import World

OFF = "No longer needed. The caller no longer needs a person at 12:00 UTC."


def cancel(world: World, row: Escalation) -> Escalation:
    return leaving.cancel(world.ports, row.id, cause="caller_changed_mind", actor="worker")


def look(world: World, row: Escalation, *, after: float = 1) -> None:
    world.clock.advance(after)
    looking.look(world.ports, row.id, chain=False)


def look_while_nobody_can_be_told(world: World, row: Escalation) -> None:
    world.notifier.down = True
    look(world, row)
    world.notifier.down = False


def test_who_was_told_is_told_once_by_the_same_channel(world: World, opened: Escalation) -> None:
    cancel(world, opened)
    assert (opened.id, 1, False) in world.timers.queued

    look(world, opened)
    look(world, opened)

    assert world.notifier.texts[1:] == [("+15005550101", OFF)]
    assert not world.store.items


def test_an_email_is_followed_by_an_email(world: World) -> None:
    world.store.roster.clear()
    world.store.put_person(
        HumanAgent(id="eva", name="Eva", email="e@example.com", email_status=EmailStatus.CONFIRMED)
    )
    request = Request(room="r", caller_identity="caller-1", reason=Reason.OTHER)
    row = open_escalation(world.ports, request, key_name="w", idempotency_key="k").escalation

    cancel(world, row)
    look(world, row)

    assert world.notifier.mails[1:] == [("eva", OFF)]


def test_a_caller_who_vanished_is_told_of_by_the_look_that_sees_it(world: World, opened: Escalation) -> None:
    world.rooms.drop("caller-1")
    look(world, opened)
    look(world, opened)

    assert [text for _, text in world.notifier.texts[1:]] == [
        "No longer needed. The caller left at 12:00 UTC."
    ]


def test_nobody_is_told_who_declined(world: World, opened: Escalation) -> None:
    answering.decline(world.ports, world.code(opened))

    assert calling_off.items(world.row(opened), world.clock()) == (
        OutboxItem(
            id=f"{opened.id}:jonas:over",
            escalation_id=opened.id,
            human_agent_id="jonas",
            round=0,
            kind=ItemKind.NOT_NEEDED,
            not_before=world.clock(),
        ),
    )


def test_a_call_is_called_off_even_when_nobody_knows_whether_it_went_out(world: World) -> None:
    world.notifier.down = True
    request = Request(room="r", caller_identity="caller-1", reason=Reason.OTHER)
    row = open_escalation(world.ports, request, key_name="w", idempotency_key="k").escalation
    world.notifier.down = False
    cancel(world, row)

    look(world, row)

    assert world.notifier.texts == [("+15005550101", OFF)]
    assert not world.store.items


def test_it_may_be_sent_in_the_moment_it_was_written(world: World, opened: Escalation) -> None:
    cancel(world, opened)

    look(world, opened, after=0)

    assert len(world.notifier.texts) == 2


def test_what_one_look_is_sending_no_other_sends_meanwhile(world: World, opened: Escalation) -> None:
    cancel(world, opened)
    look_while_nobody_can_be_told(world, opened)

    look(world, opened, after=29)
    assert len(world.notifier.texts) == 1
    look(world, opened, after=1)

    assert len(world.notifier.texts) == 2


def test_it_is_tried_again_when_the_provider_does_not_take_it(world: World, opened: Escalation) -> None:
    cancel(world, opened)
    look_while_nobody_can_be_told(world, opened)

    world.clock.advance(60)
    looking.sweep(world.ports)

    assert len(world.notifier.texts) == 2


def test_a_call_that_had_its_human_is_not_called_off(world: World, connected: Escalation) -> None:
    cancel(world, connected)

    assert world.row(connected).status is Status.COMPLETED
    assert not world.store.items


@pytest.mark.parametrize(("people", "alarms"), [(40, 0), (41, 1)])
def test_more_people_than_a_transaction_holds_raise_an_alarm(
    world: World, opened: Escalation, caplog: pytest.LogCaptureFixture, people: int, alarms: int
) -> None:
    many = tuple(Told(human_agent_id=f"p{number}", tier=1, round=1) for number in range(people))
    row = replace(opened, told=many)

    with caplog.at_level(logging.ERROR):
        items = calling_off.items(row, world.clock())

    assert len(items) == 40
    assert {item.kind for item in items} == {ItemKind.NOT_NEEDED}
    assert len(caplog.records) == alarms


def test_more_people_than_a_round_can_tell_raise_an_alarm(
    world: World, opened: Escalation, caplog: pytest.LogCaptureFixture
) -> None:
    many = tuple(HumanAgent(id=f"p{number}", name="P", phone="+15005550100") for number in range(45))

    with caplog.at_level(logging.ERROR):
        told = telling.make_round(world.ports, opened, many, number=2, at=world.clock()).told

    assert len(told) == 40
    assert [record.left_out for record in caplog.records] == [5]  # type: ignore[attr-defined]
