"""The DynamoDB store: all or nothing, one winner, listed page by page."""

import json
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from threading import Barrier
from typing import Any

import pytest
from msgspec.structs import replace

from lambda_api.adapters.dynamodb import DynamoStore
from lambda_api.adapters.dynamodb_api_keys import DynamoApiKeys
from lambda_api.adapters.dynamodb_commit import unpacked
from lambda_api.aws.client import client_of
from lambda_api.aws.session import session_of
from lambda_api.config.api_keys import ApiKey
from lambda_api.escalations import saving, transitions
from lambda_api.escalations.briefs import Brief, Line, LineKind
from lambda_api.escalations.errors import (
    BadCursorError,
    ConflictError,
    DuplicateEventError,
    UnavailableError,
)
from lambda_api.escalations.models import (
    Callback,
    Claim,
    Delivery,
    Disposition,
    EmailStatus,
    Entry,
    Escalation,
    Eta,
    HumanAgent,
    LastTest,
    LinkKind,
    Reason,
    Role,
    Shift,
    Status,
    Told,
    WorkingHours,
)
from lambda_api.escalations.names import escalation_id
from lambda_api.escalations.records import (
    Change,
    Grant,
    Hook,
    Idempotency,
    ItemKind,
    Link,
    OutboxItem,
    Pointer,
    Wish,
    Words,
)
from tests.integration.losing import losing

AT = datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=UTC)


def row(room: str = "r", *, at: datetime = AT, status: Status = Status.NOTIFIED) -> Escalation:
    entry = Entry(at=at, actor="worker", change="requested", cause="api", reason="other")
    return Escalation(
        id=escalation_id(at),
        room=room,
        room_sid="RM_1",
        status=status,
        reason=Reason.OTHER,
        created_at=at,
        caller_identity="caller-1",
        language="de",
        told=(Told(human_agent_id="maria", tier=1, round=1),),
        timeline=(entry,),
    )


def new(one: Escalation, *, replaces: str = "") -> Change:
    return Change(escalation=one, expected=None, replaces=replaces)


def item(one: Escalation, person: str = "maria") -> OutboxItem:
    return OutboxItem(
        id=f"{one.id}:{person}:1", escalation_id=one.id, human_agent_id=person, round=1, not_before=AT
    )


def link(one: Escalation, code_hash: str = "hash") -> Link:
    return Link(
        code_hash=code_hash,
        kind=LinkKind.CLAIM,
        room=one.room,
        human_agent_id="maria",
        name="Maria",
        valid_until=AT,
        escalation_id=one.id,
    )


def record(one: Escalation, *, until: datetime = AT + timedelta(days=1)) -> Idempotency:
    return Idempotency(key="worker#1", body_hash="b", escalation_id=one.id, created=True, valid_until=until)


def test_a_row_is_read_back_as_it_was_written(store: DynamoStore) -> None:
    claim = Claim(
        identity="human-agent-maria-1",
        human_agent_id="maria",
        name="Maria",
        browser=None,
        claimed_at=AT,
        number=1,
        earlier=("human-agent-maria-0",),
    )
    full = replace(row(), claim=claim, ai_left_at=AT, end_reason="ü")

    store.commit(new(full))

    assert store.escalation(full.id) == full
    assert store.pointer("r") == Pointer(room="r", escalation_id=full.id, epoch=1)
    assert store.escalation("esc_unknown") is None


def test_a_brief_is_kept_for_its_time_and_erased_with_the_words(store: DynamoStore) -> None:
    one, until = row(), AT + timedelta(days=30)
    line = Line(kind=LineKind.PROMISED, text="morgen früh 🙂", turns=(1, 2))
    brief = Brief(summary="s", transcript=(("caller", "ü"),), lines=(line,), refreshed_at=AT, mood="calm")
    store.commit(new(one))

    store.put_brief(one.id, brief, until=until)
    kept = store.brief(one.id, now=AT), store.brief(one.id, now=until)
    erased = transitions.erased(one, at=AT, actor="admin")
    store.commit(Change(escalation=erased, expected=one.version, words=Words()))

    assert kept == (brief, None)
    assert store.brief(one.id, now=AT) is None


def test_everything_of_a_change_is_written_together(store: DynamoStore) -> None:
    one = row()
    words = Words(summary="s", transcript=(("caller", "grüß " * 200),))

    store.commit(
        replace(
            new(one),
            links=(link(one),),
            outbox=(item(one),),
            idempotency=record(one),
            words=words,
            event_id="E",
        )
    )

    assert store.link("hash") == link(one)
    assert store.outbox() == store.outbox(one.id) == (item(one),)
    assert store.idempotency("worker#1") == record(one)
    assert store.words(one.id, now=AT) == words
    assert store.words(one.id, now=AT + timedelta(days=30)) is None
    assert store.words("esc_unknown", now=AT) is None


def test_nothing_of_a_change_is_written_when_one_part_is_refused(store: DynamoStore) -> None:
    first, second = row("r"), row("other room")
    store.commit(replace(new(first), idempotency=record(first)))

    with pytest.raises(ConflictError):
        store.commit(
            replace(
                new(second),
                links=(link(second),),
                outbox=(item(second),),
                idempotency=record(second),
                words=Words(summary="s"),
            )
        )

    assert store.escalation(second.id) is None
    assert store.pointer("other room") is None
    assert store.link("hash") is None
    assert store.outbox() == ()
    assert store.words(second.id, now=AT) is None
    assert store.idempotency("worker#1") == record(first)


def test_an_old_idempotency_record_gives_way(store: DynamoStore) -> None:
    first, second = row("r"), row("s")
    store.commit(replace(new(first), idempotency=record(first, until=AT)))

    store.remember(record(second), now=AT)

    assert store.idempotency("worker#1") == record(second)
    with pytest.raises(ConflictError):
        store.remember(record(first), now=AT)


def test_a_room_moves_on_only_from_the_escalation_that_was_seen_to_have_ended(store: DynamoStore) -> None:
    first, second, third = row(), row(), row()
    store.commit(new(first))

    with pytest.raises(ConflictError):
        store.commit(new(second))
    store.commit(new(second, replaces=first.id))
    with pytest.raises(ConflictError):
        store.commit(new(third, replaces=first.id))

    pointer = store.pointer("r")
    assert pointer
    assert pointer.escalation_id == second.id


def test_a_version_is_replaced_once(store: DynamoStore) -> None:
    one = row(status=Status.REQUESTED)
    store.commit(new(one))
    change = saving.after(one, transitions.notified(one, at=AT))

    store.commit(change)

    with pytest.raises(ConflictError):
        store.commit(change)
    with pytest.raises(ConflictError):
        store.commit(replace(change, sent=("x",)))
    assert store.escalation(one.id) == change.escalation


def test_an_event_has_its_effect_once(store: DynamoStore) -> None:
    one = row()
    store.commit(new(one))
    first = saving.once(saving.after(one, transitions.ai_left(one, at=AT, actor="a", cause="c")), "EV_1")
    store.commit(first)
    again = transitions.dismissed(first.escalation, at=AT)

    with pytest.raises(DuplicateEventError):
        store.commit(saving.once(saving.after(first.escalation, again), "EV_1"))
    with pytest.raises(ConflictError):
        store.commit(saving.once(saving.after(one, again), "EV_2"))

    assert store.escalation(one.id) == first.escalation


def test_a_room_is_due_to_be_looked_at_from_the_end_of_its_row_on(store: DynamoStore) -> None:
    one = replace(row(), agent_identity="agent-1")
    store.commit(new(one))
    over = transitions.ended(one, Status.CANCELLED, at=AT, actor="a", cause="c", reason="operator")

    store.commit(saving.after(one, over))

    assert store.missed_rooms(now=AT) == ("r",)
    assert store.watch_room("r", now=AT, until=AT + timedelta(seconds=5))


def test_sent_items_leave_the_outbox_with_the_change(store: DynamoStore) -> None:
    one = row(status=Status.REQUESTED)
    store.commit(replace(new(one), outbox=(item(one, "maria"), item(one, "jonas"))))

    store.commit(saving.after(one, transitions.notified(one, at=AT), sent=(item(one).id,)))

    assert store.outbox(one.id) == (item(one, "jonas"),)
    store.discard((item(one, "jonas").id,))
    assert store.outbox() == ()


def test_an_item_is_leased_by_one(store: DynamoStore) -> None:
    one = row()
    store.commit(replace(new(one), outbox=(item(one),)))
    until = AT + timedelta(seconds=30)
    start = Barrier(8)

    def lease(_: int) -> bool:
        start.wait(timeout=10)
        return store.lease(item(one), until=until)

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lease, range(8)))

    assert won.count(True) == 1
    [leased] = store.outbox(one.id)
    assert (leased.not_before, leased.attempts) == (until, 1)


def test_a_discarded_item_is_not_leased_back_to_life(store: DynamoStore) -> None:
    one = row()
    store.commit(replace(new(one), outbox=(item(one),)))
    store.discard((item(one).id,))

    assert not store.lease(item(one), until=AT)
    assert store.outbox() == ()


def test_a_chain_is_taken_by_one_and_again_after_its_time(store: DynamoStore) -> None:
    until = AT + timedelta(seconds=14.5)

    assert store.take_chain("esc_1", now=AT, until=until)
    assert not store.take_chain("esc_1", now=AT + timedelta(seconds=14), until=until)
    assert store.take_chain("esc_1", now=until, until=until + timedelta(seconds=15))


def test_whoever_took_something_and_got_no_answer_has_it(store: DynamoStore) -> None:
    one = row()
    store.commit(replace(new(one), outbox=(item(one),)))

    with first_answer_lost(store) as unsure:
        assert unsure.take_chain("esc_1", now=AT, until=AT + timedelta(seconds=14))
    with first_answer_lost(store) as unsure:
        assert unsure.lease(item(one), until=AT + timedelta(seconds=30))

    assert not store.take_chain("esc_1", now=AT, until=AT + timedelta(seconds=14))
    assert not store.lease(item(one), until=AT + timedelta(seconds=30))


def test_a_transaction_whose_answer_is_lost_is_made_once(store: DynamoStore) -> None:
    one = row()

    with first_answer_lost(store) as unsure:
        unsure.commit(replace(new(one), outbox=(item(one),)))

    assert store.escalation(one.id) == one


@contextmanager
def first_answer_lost(store: DynamoStore) -> Iterator[DynamoStore]:
    """The table does what it is asked, and its first answer does not arrive."""
    client: Any = store.client
    with losing(client.session.endpoint("dynamodb")) as url:
        session = session_of({**client.session.environment, "AWS_ENDPOINT_URL": url})
        yield replace(store, client=client_of(session, "dynamodb"))


def test_a_watched_room_whose_look_did_not_come_is_found_until_it_is_let_be(store: DynamoStore) -> None:
    until = AT + timedelta(seconds=4.5)
    assert store.watch_room("r", now=AT, until=until)
    assert not store.watch_room("r", now=AT + timedelta(seconds=4), until=until)
    assert store.watch_room("q", now=AT, until=until + timedelta(seconds=1))

    assert store.missed_rooms(now=until - timedelta(microseconds=1)) == ()
    assert store.missed_rooms(now=until) == ("r",)
    store.unwatch_room("r")
    assert store.missed_rooms(now=until) == ()
    assert store.watch_room("r", now=AT, until=until)


@pytest.mark.parametrize("round_", range(30))
def test_of_eight_claims_at_once_one_wins(store: DynamoStore, round_: int) -> None:
    one = row()
    store.commit(new(one))
    start = Barrier(8)

    def claim(number: int) -> bool:
        mine = Claim(
            identity=f"human-agent-{number}",
            human_agent_id=str(number),
            name="",
            browser=None,
            claimed_at=AT,
            number=1,
        )
        change = saving.after(one, transitions.claimed(one, mine, cause=f"round {round_}"))
        start.wait(timeout=10)
        try:
            store.commit(change)
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(claim, range(8)))

    stored = store.escalation(one.id)
    assert won.count(True) == 1
    assert stored
    assert stored.claim
    assert stored.claim.identity == f"human-agent-{won.index(True)}"


def test_they_are_listed_newest_first_page_by_page(store: DynamoStore) -> None:
    rows = [row(f"r{number}", at=AT + timedelta(seconds=number)) for number in range(7)]
    for one in rows:
        store.commit(new(one))
    listed: list[str] = []
    cursor: str | None = None

    for _ in range(4):
        page = store.page(status=None, limit=2, cursor=cursor)
        listed += [one.id for one in page.items]
        cursor = page.next_cursor

    assert listed == [one.id for one in reversed(rows)]
    assert cursor is None


def test_they_are_listed_by_status_as_it_changes(store: DynamoStore) -> None:
    one, other = row("r"), row("s", status=Status.UNANSWERED)
    store.commit(new(one))
    store.commit(new(other))
    assert store.open_ids() == (one.id,)

    ended = transitions.ended(one, Status.CANCELLED, at=AT, actor="a", cause="c", reason="operator")
    store.commit(saving.after(one, ended))

    assert store.open_ids() == ()
    assert store.page(status=Status.CANCELLED, limit=5, cursor=None).items == (ended,)
    assert store.page(status=Status.NOTIFIED, limit=5, cursor=None).items == ()


def test_a_cursor_belongs_to_its_list(store: DynamoStore) -> None:
    for number in range(2):
        store.commit(new(row(f"r{number}")))
    cursor = store.page(status=None, limit=1, cursor=None).next_cursor
    assert cursor

    for bad in (cursor[:-4], "nonsense!", "e30", "bnVsbA", "WzEsMiwzXQ"):
        with pytest.raises(BadCursorError):
            store.page(status=None, limit=1, cursor=bad)
    with pytest.raises(BadCursorError):
        store.page(status=Status.NOTIFIED, limit=1, cursor=cursor)


def test_a_seat_is_kept_pressed_and_found_in_its_room(store: DynamoStore) -> None:
    grant = Grant(
        room="r",
        identity="human-agent-eva",
        role=Role.HUMAN_AGENT,
        name="Eva",
        seat_id="s",
        human_agent_id="guest-s",
        valid_until=AT,
        created_at=AT,
    )
    store.add_seat(grant, replace(link(row()), kind=LinkKind.SEAT, identity=grant.identity, escalation_id=""))
    pressed = replace(grant, browser="b", pressed_at=AT, presses=1)
    extra = replace(pressed, identity="human-agent-eva-1")

    store.press(pressed, extra=extra)

    assert store.grant("r", "human-agent-eva") == pressed
    assert set(store.grants("r")) == {pressed, extra}
    assert store.grants("other") == ()
    with pytest.raises(ConflictError):
        store.press(pressed, extra=None)


def test_the_roster_is_kept(store: DynamoStore) -> None:
    hours = WorkingHours(time_zone="Europe/Berlin", days=(Shift(day="mon", start=time(9), end=time(17, 30)),))
    eva = HumanAgent(
        id="eva",
        name="Eva",
        tier=2,
        teams=("billing",),
        languages=("de", "en"),
        hours=hours,
        email="e@example.com",
        email_status=EmailStatus.PENDING,
        subscription="arn",
    )
    store.put_person(eva)
    store.put_person(HumanAgent(id="bo", name="Bo"))

    assert store.people() == (HumanAgent(id="bo", name="Bo"), eva)
    store.confirm_person("eva", "another")
    assert store.person("eva") == eva
    store.confirm_person("eva", "arn")
    assert store.person("eva") == replace(eva, email_status=EmailStatus.CONFIRMED)
    tested = LastTest(at=AT, sms=Delivery.SENT, email=Delivery.UNCONFIRMED)
    store.note_test("eva", tested, reached=True)
    store.note_test("eva", replace(tested, sms=Delivery.FAILED), reached=False)
    noted = store.person("eva")
    assert noted
    assert (noted.tested, noted.reached_at) == (replace(tested, sms=Delivery.FAILED), AT)
    store.delete_person("eva")
    store.confirm_person("eva", "arn")
    store.note_test("eva", tested, reached=True)
    assert store.person("eva") is None


def test_an_hour_has_so_many_sms_and_the_next_begins_anew(store: DynamoStore) -> None:
    assert [store.take_sms(AT, most=2) for _ in range(3)] == [True, True, False]
    assert store.take_sms(AT + timedelta(hours=1), most=2)


def test_words_are_replaced_and_erased_with_their_row(store: DynamoStore) -> None:
    one = row()
    store.commit(replace(new(one), words=Words(summary="s", transcript=(("caller", "hello"),))))
    noted = transitions.ai_left(one, at=AT, actor="a", cause="c")
    wish = Wish(name="Ada", phone="+15005550177", when="at six")
    words = Words(summary="s", transcript=(("caller", "hello"),), notes="n", wish=wish)

    store.commit(saving.after(one, noted, words=words))
    assert store.words(one.id, now=AT) == words
    erased = transitions.erased(noted, at=AT, actor="a")
    store.commit(saving.after(noted, erased, words=Words()))

    assert store.words(one.id, now=AT) is None
    assert store.escalation(one.id) == erased


def test_words_of_before_there_were_notes_are_read() -> None:
    old = zlib.compress(json.dumps({"summary": "s", "transcript": [["caller", "hello"]]}).encode())

    assert unpacked(old) == Words(summary="s", transcript=(("caller", "hello"),))


def test_everything_that_people_say_is_read_back(store: DynamoStore) -> None:
    eta = Eta(human_agent_id="maria", name="Maria", minutes=2, at=AT, until=AT)
    full = replace(
        row(),
        eta=eta,
        declined=("jonas",),
        dropped_at=AT,
        disposition=Disposition.FOLLOW_UP,
        callback=Callback(asked_at=AT, completed_at=AT),
        erased_at=AT,
    )
    store.commit(new(full))

    assert store.escalation(full.id) == full


def test_a_dispatch_is_taken_by_one_until_it_is_free(store: DynamoStore) -> None:
    until = AT + timedelta(seconds=10)

    assert store.take_dispatch("r", now=AT, until=until)
    assert not store.take_dispatch("r", now=AT, until=until)
    assert store.take_dispatch("q", now=AT, until=until)
    store.free_dispatch("r")
    assert store.take_dispatch("r", now=AT, until=until)
    assert store.take_dispatch("r", now=until, until=until)


def test_hooks_are_kept(store: DynamoStore) -> None:
    hook = Hook(id="desk", url="https://desk.example/", secret="whsec_x", created_at=AT, events=("a",))
    store.put_hook(hook)
    assert store.hooks() == (hook,)

    store.delete_hook("desk")

    assert store.hooks() == ()


def test_another_process_hears_of_a_hook_a_moment_later(store: DynamoStore) -> None:
    other = DynamoStore(client=store.client, table_name=store.table_name)
    hook = Hook(id="desk", url="https://desk.example/", secret="whsec_x", created_at=AT)
    assert store.hooks(lately=True) == other.hooks(lately=True) == ()

    store.put_hook(hook)

    assert store.hooks(lately=True) == (hook,)
    assert other.hooks(lately=True) == ()
    assert other.hooks() == other.hooks(lately=True) == (hook,)


def test_an_offer_waits_with_its_words(store: DynamoStore) -> None:
    one = row()
    offer = replace(item(one), kind=ItemKind.HOOK, hook_id="desk", body='{"a":1}')

    store.commit(replace(new(one), outbox=(offer,)))
    store.add_link(link(one, "later"))

    assert store.outbox(one.id) == (offer,)
    assert store.link("later") == link(one, "later")


def test_api_keys_are_kept_and_no_two_of_one_name(store: DynamoStore) -> None:
    kept = DynamoApiKeys(client=store.client, table_name=store.table_name)
    key = ApiKey(name="crm", digest="d" * 64, scopes=("escalations:read",), created_at=AT)

    kept.add(key)
    with pytest.raises(ConflictError):
        kept.add(replace(key, digest="e" * 64))

    assert (kept.find("crm"), kept.all(), kept.find("other")) == (key, (key,), None)
    kept.revoke("crm")
    assert kept.find("crm") is None


def test_a_table_that_does_not_answer_is_unavailable(store: DynamoStore) -> None:
    absent = replace(store, table_name="no-such-table")

    for ask in (absent.people, absent.open_ids, lambda: absent.escalation("esc_1")):
        with pytest.raises(UnavailableError):
            ask()
    with pytest.raises(UnavailableError):
        absent.page(status=None, limit=1, cursor=None)
