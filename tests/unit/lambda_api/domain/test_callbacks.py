"""A caller's wish to be called: told once to whoever is on duty first, done once, erased on demand."""

import re
from datetime import time, timedelta

import pytest
from msgspec.structs import replace

from lambda_api.escalations import callbacks, claiming, forgetting, handing, leaving, looking, reading
from lambda_api.escalations.errors import EscalationEndedError, NoCallbackError
from lambda_api.escalations.models import (
    Entry,
    Escalation,
    HumanAgent,
    LinkKind,
    Reason,
    Shift,
    Status,
    WorkingHours,
)
from lambda_api.escalations.names import hashed
from lambda_api.escalations.opening import Request, open_escalation
from lambda_api.escalations.records import ItemKind, Link, OutboxItem, Wish, Words
from tests.unit.lambda_api.domain.fakes import World

AFTERNOON = WorkingHours(time_zone="UTC", days=(Shift(day="tue", start=time(13), end=time(17)),))


@pytest.fixture
def unanswered(world: World) -> Escalation:
    """Everybody's hours begin in an hour."""
    for one in world.store.people():
        world.store.put_person(replace(one, hours=AFTERNOON))
    words = Words(summary="a bill", transcript=(("caller", "hello"),))
    request = Request(room="r", caller_identity="caller-1", reason=Reason.OTHER, words=words)
    row = open_escalation(world.ports, request, key_name="w", idempotency_key="k").escalation
    assert row.status is Status.UNANSWERED
    return row


def wish(phone: str = "+15005550177") -> Wish:
    return Wish(name="Ada", phone=phone, when="at six")


def ask(world: World, row: Escalation, phone: str = "+15005550177") -> Escalation:
    return callbacks.ask(world.ports, row.id, wish(phone), actor="worker")


def later(world: World, seconds: float) -> None:
    world.clock.advance(seconds)
    looking.sweep(world.ports)


def test_a_wish_is_stored_and_told_without_name_or_number(world: World, opened: Escalation) -> None:
    row = ask(world, opened)
    assert row.callback
    assert world.store.said[row.id].wish == wish()
    assert world.timers.queued[-1] == (row.id, 1, False)

    later(world, 1)
    later(world, 60)

    told = [(phone, text) for phone, text in world.notifier.texts if "call back" in text]
    assert [phone for phone, _ in told] == ["+15005550101", "+15005550102"]
    assert all("Ada" not in text and "0177" not in text and len(text) <= 160 for _, text in told)


def test_off_hours_the_first_on_duty_are_told(world: World, unanswered: Escalation) -> None:
    ask(world, unanswered)
    later(world, 1)
    for _ in range(10):
        later(world, 60)
    assert not world.notifier.texts

    later(world, 50 * 60)

    assert len(world.notifier.texts) == 2
    assert not world.store.items


def test_the_link_of_it_says_no_more_than_the_text(world: World, unanswered: Escalation) -> None:
    ask(world, unanswered)
    later(world, 3600)

    view = claiming.view(world.ports, world.code(unanswered, "maria", 0))

    assert view.ended
    assert re.fullmatch(r"Nobody was on duty .* asks for a call back\.", view.ended.words)
    assert "Ada" not in str(view)


def test_a_correction_is_kept_and_nobody_is_told_twice(world: World, unanswered: Escalation) -> None:
    first = ask(world, unanswered)
    assert ask(world, unanswered) == first
    later(world, 3600)

    row = ask(world, unanswered, phone="+15005550188")

    assert row.callback
    assert first.callback
    assert row.callback.asked_at == first.callback.asked_at
    assert world.store.said[row.id].wish == wish("+15005550188")
    assert not world.store.items


def test_what_nobody_took_is_told_again(world: World, opened: Escalation) -> None:
    ask(world, opened)
    world.notifier.down = True
    later(world, 1)
    world.notifier.down = False

    later(world, 31)

    assert any("call back" in text for _, text in world.notifier.texts)


def test_a_wish_that_nobody_was_ever_on_duty_for_is_given_up(world: World, unanswered: Escalation) -> None:
    world.store.roster.clear()
    ask(world, unanswered)

    later(world, 8 * 86_400)

    assert not world.store.items


def test_it_is_completed_once_with_notes(world: World, unanswered: Escalation) -> None:
    ask(world, unanswered)

    row = callbacks.complete(world.ports, unanswered.id, actor="desk", notes="spoke to her")
    again = callbacks.complete(world.ports, unanswered.id, actor="desk", notes="and again")

    assert row == again
    assert row.callback
    assert row.callback.completed_at == world.clock()
    assert world.store.said[row.id].notes == "spoke to her"
    later(world, 3600)
    assert not world.notifier.texts


def test_after_it_is_done_the_caller_may_ask_anew(world: World, unanswered: Escalation) -> None:
    ask(world, unanswered)
    callbacks.complete(world.ports, unanswered.id, actor="desk")
    world.clock.advance(3600)

    row = ask(world, unanswered)

    assert row.callback
    assert (row.callback.completed_at, row.callback.asked_at) == (None, world.clock())


def test_what_nobody_asked_for_cannot_be_completed(world: World, opened: Escalation) -> None:
    with pytest.raises(NoCallbackError):
        callbacks.complete(world.ports, opened.id, actor="desk")


def test_a_call_that_ended_otherwise_needs_no_call_back(world: World, opened: Escalation) -> None:
    leaving.cancel(world.ports, opened.id, cause="caller_changed_mind", actor="worker")

    with pytest.raises(EscalationEndedError) as refused:
        ask(world, opened)
    assert refused.value.words == "The caller no longer needs a person at 12:00 UTC."
    assert refused.value.reason == "caller_changed_mind"


def test_everything_personal_is_erased_at_once_and_the_timeline_stays(
    world: World, unanswered: Escalation
) -> None:
    before = ask(world, unanswered)

    row = forgetting.erase(world.ports, unanswered.id, actor="admin")

    assert row.callback == before.callback
    assert unanswered.id not in world.store.said
    assert row.timeline[:-1] == before.timeline
    assert row.timeline[-1].change == "personal_data_erased"
    assert forgetting.erase(world.ports, unanswered.id, actor="admin") == row
    later(world, 3600)
    assert not world.notifier.texts


def test_whom_to_call_back_is_kept_no_longer_than_what_was_said(world: World, unanswered: Escalation) -> None:
    row = ask(world, unanswered)
    assert reading.wish(world.ports, row) == wish()

    world.clock.advance(world.policy.words_seconds)

    assert reading.wish(world.ports, row) is None


def test_what_is_said_after_an_erasure_is_erased_again(world: World, connected: Escalation) -> None:
    forgetting.erase(world.ports, connected.id, actor="admin")
    handing.hand_back(world.ports, escalation_id=connected.id, actor="desk", note="private")

    row = forgetting.erase(world.ports, connected.id, actor="admin")

    assert connected.id not in world.store.said
    assert [entry.change for entry in row.timeline].count("personal_data_erased") == 2


def test_a_wish_is_one_line_and_one_message_that_names_nobody(world: World, unanswered: Escalation) -> None:
    row = ask(world, unanswered)

    now = world.clock()
    assert row.timeline[-1] == Entry(at=now, actor="worker", change="callback_asked", cause="api")
    assert [*world.store.items.values()] == [
        OutboxItem(
            id=f"{row.id}:callback",
            escalation_id=row.id,
            human_agent_id="",
            round=0,
            kind=ItemKind.CALLBACK,
            not_before=now,
        )
    ]


def test_what_was_done_without_notes_says_who_did_it_and_no_more(
    world: World, unanswered: Escalation
) -> None:
    ask(world, unanswered)

    row = callbacks.complete(world.ports, unanswered.id, actor="desk")

    done = Entry(at=world.clock(), actor="desk", change="callback_completed", cause="api")
    assert row.timeline[-1] == done
    assert world.store.said[row.id].notes == ""


def test_each_is_told_by_a_link_of_their_own(world: World, unanswered: Escalation) -> None:
    ask(world, unanswered)
    later(world, 3600)

    code = world.code(unanswered, "maria", 0)
    assert world.notifier.texts[0] == (
        "+15005550101",
        f"A caller asks for a call back. See: http://127.0.0.1:8080/j/{code}",
    )
    assert world.store.links[hashed(code)] == Link(
        code_hash=hashed(code),
        kind=LinkKind.CLAIM,
        room="r",
        human_agent_id="maria",
        name="Maria",
        valid_until=world.clock() + timedelta(seconds=900),
        escalation_id=unanswered.id,
    )


def test_those_of_the_team_who_speak_the_language_are_told_of_a_wish(
    world: World, unanswered: Escalation
) -> None:
    world.store.rows[unanswered.id] = replace(unanswered, team="it", language="de")
    for name, team, spoken in (("maria", "it", "en"), ("jonas", "sales", "de"), ("eva", "it", "de")):
        one = HumanAgent(id=name, name=name, phone=name, teams=(team,), languages=(spoken,))
        world.store.put_person(one)

    ask(world, unanswered)
    later(world, 1)

    assert [phone for phone, _ in world.notifier.texts] == ["eva"]


def test_a_wish_waits_for_its_whole_time(world: World, unanswered: Escalation) -> None:
    people = dict(world.store.roster)
    world.store.roster.clear()
    ask(world, unanswered)
    world.store.roster |= {name: replace(one, hours=None) for name, one in people.items()}

    later(world, world.policy.callback_seconds)

    assert len(world.notifier.texts) == 2
