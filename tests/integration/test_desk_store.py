"""The desk's items in the table: codes that work once, counted questions, sessions, presence and outlines."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from msgspec.structs import replace

from lambda_api.adapters.dynamodb import DynamoStore
from lambda_api.escalations.desk_records import Session, SignInCode, SignIns
from lambda_api.escalations.errors import ConflictError
from lambda_api.escalations.models import Claim, Entry, Escalation, Eta, HumanAgent, Reason, Status
from lambda_api.escalations.outlines import Outline
from lambda_api.escalations.records import Change, ItemKind, OutboxItem

AT = datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=UTC)
CODE = SignInCode(code_hash="c", human_agent_id="maria", valid_until=AT + timedelta(minutes=10))
SESSION = Session(cookie_hash="s", human_agent_id="maria", started_at=AT, acted_at=AT)
FIRST = SignIns(who="maria", times=(AT,))
ITEM = OutboxItem(
    id="desk:maria:1",
    escalation_id="desk:maria",
    human_agent_id="maria",
    round=1_795_521_600_000,
    kind=ItemKind.SIGN_IN,
    channel="sms",
    not_before=AT,
)


def row(number: int, status: Status, *, at: datetime = AT) -> Escalation:
    claim = Claim(
        identity="i",
        human_agent_id="eve",
        name="Eve",
        browser=None,
        claimed_at=at,
        number=1,
        heard_at=at,
    )
    return Escalation(
        id=f"esc_{number:026}",
        room=f"r{number}",
        room_sid="",
        status=status,
        reason=Reason.OTHER,
        created_at=at,
        caller_identity="caller-1",
        team="sales",
        language="de",
        claim=claim,
        eta=Eta(human_agent_id="eve", name="Eve", minutes=2, at=at, until=at),
        timeline=(Entry(at=at, actor="w", change="requested", cause="api"),),
    )


def test_a_question_is_stored_with_its_code_and_its_message(store: DynamoStore) -> None:
    store.ask_sign_in(FIRST, before=None, code=CODE, outbox=(ITEM,))

    assert store.sign_ins("maria") == FIRST
    assert store.sign_in_code("c") == CODE
    assert store.outbox("desk:maria") == (ITEM,)
    assert store.sign_ins("jonas") is None
    assert store.sign_in_code("other") is None


def test_whoever_counted_from_an_old_number_stores_nothing(store: DynamoStore) -> None:
    later = AT + timedelta(seconds=1)
    second = SignIns(who="maria", times=(AT, later))
    store.ask_sign_in(FIRST, before=None, code=CODE, outbox=())
    store.ask_sign_in(second, before=FIRST, code=CODE, outbox=())

    for before in (None, FIRST):
        with pytest.raises(ConflictError):
            store.ask_sign_in(FIRST, before=before, code=replace(CODE, code_hash="x"), outbox=(ITEM,))

    assert store.sign_ins("maria") == second
    assert store.sign_in_code("x") is None
    assert store.outbox() == ()


def test_of_many_who_use_a_code_at_once_one_is_signed_in(store: DynamoStore) -> None:
    store.ask_sign_in(FIRST, before=None, code=CODE, outbox=())
    together = Barrier(8)

    def use(number: int) -> bool:
        together.wait()
        try:
            store.begin_session(replace(SESSION, cookie_hash=f"s{number}"), code_hash="c")
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(max_workers=8) as pool:
        won = list(pool.map(use, range(8)))

    assert won.count(True) == 1
    assert [store.session(f"s{number}") is not None for number in range(8)] == won


def test_a_session_is_kept_until_it_is_ended_and_is_not_touched_back_to_life(store: DynamoStore) -> None:
    store.ask_sign_in(FIRST, before=None, code=CODE, outbox=())
    store.begin_session(SESSION, code_hash="c")
    later = AT + timedelta(minutes=1)

    store.touch_session("s", at=later)
    touched = store.session("s")
    store.end_session("s")
    store.end_session("s")
    store.touch_session("s", at=later)

    assert touched == replace(SESSION, acted_at=later)
    assert store.session("s") is None


def test_who_is_away_is_part_of_the_roster_and_whoever_is_gone_stays_gone(store: DynamoStore) -> None:
    maria = HumanAgent(id="maria", name="Maria", phone="+15005550101")
    store.put_person(maria)

    store.set_away("maria", AT)
    away = store.person("maria")
    store.set_away("maria", None)
    store.set_away("nobody", AT)
    store.set_away("nobody", None)

    assert away == replace(maria, away_since=AT)
    assert store.people() == (maria,)


def test_outlines_tell_what_lists_need_and_no_more_of_it(store: DynamoStore) -> None:
    before, talking, ended = (
        row(1, Status.COMPLETED, at=AT - timedelta(hours=5)),
        row(2, Status.CONNECTED),
        replace(row(3, Status.COMPLETED), ended_at=AT),
    )
    for one in (before, talking, ended):
        store.commit(Change(escalation=one, expected=None))

    assert store.open_outlines() == (Outline.of(talking),)
    assert store.outlines_since(AT - timedelta(hours=4)) == (Outline.of(talking), Outline.of(ended))
    assert len(store.outlines_since(AT - timedelta(hours=5))) == 3
