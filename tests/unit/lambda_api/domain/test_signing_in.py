"""Signing in: one link of one use by one's own channel, seldom, and the same for those whom nobody knows."""

import re
from datetime import timedelta

import pytest
from msgspec.structs import replace

from lambda_api.escalations import looking, sessions, signing_in
from lambda_api.escalations.errors import ConflictError, NotSignedInError, SignInRefusedError
from lambda_api.escalations.models import EmailStatus, HumanAgent
from lambda_api.escalations.names import hashed
from lambda_api.escalations.records import ItemKind, OutboxItem
from tests.unit.lambda_api.domain.fakes import World

MARIA = HumanAgent(
    id="maria",
    name="Maria",
    phone="+15005550101",
    email="Maria@example.com",
    email_status=EmailStatus.CONFIRMED,
)


@pytest.fixture
def desk(world: World) -> World:
    world.store.put_person(MARIA)
    return world


def ask(world: World, who: str = "maria") -> None:
    signing_in.ask(world.ports, who)
    for look_id, _, chain in world.timers.queued:
        looking.look(world.ports, look_id, chain=chain)


def texts(world: World) -> list[str]:
    return [text for _, text in world.notifier.texts + world.notifier.mails]


def code_in(text: str) -> str:
    found = re.search(r"/desk/in/([\w-]{22})", text)
    assert found
    return found[1]


def test_the_link_goes_by_one_message_and_is_stored_nowhere(desk: World) -> None:
    ask(desk)

    [(phone, text)] = desk.notifier.texts
    code = code_in(text)
    assert phone == "+15005550101"
    assert not desk.notifier.mails
    assert code not in str(desk.store)
    assert hashed(code) in desk.store.codes
    assert not desk.store.items


@pytest.mark.parametrize(
    ("who", "texted", "mailed"),
    [
        ("maria", 1, 0),
        ("+15005550101", 1, 0),
        ("maria@EXAMPLE.com", 0, 1),
        ("nobody", 0, 0),
        ("+15005550999", 0, 0),
        ("Maria", 0, 0),
        ("", 0, 0),
    ],
)
def test_the_channel_is_the_one_that_was_named(desk: World, who: str, texted: int, mailed: int) -> None:
    ask(desk, who)

    assert (len(desk.notifier.texts), len(desk.notifier.mails)) == (texted, mailed)


def test_without_a_phone_the_id_leads_to_the_mail(desk: World) -> None:
    desk.store.put_person(replace(MARIA, phone=None))

    ask(desk)

    assert len(desk.notifier.mails) == 1


def test_an_address_that_nobody_confirmed_gets_nothing_and_the_message_is_given_up(desk: World) -> None:
    desk.store.put_person(replace(MARIA, email_status=EmailStatus.PENDING))
    ask(desk, "maria@example.com")
    assert desk.store.items

    desk.clock.advance(601)
    looking.sweep(desk.ports)

    assert not texts(desk)
    assert not desk.store.items


def test_a_message_that_did_not_go_out_goes_out_later(desk: World) -> None:
    desk.notifier.down = True
    ask(desk)
    desk.notifier.down = False
    desk.clock.advance(60)

    looking.sweep(desk.ports)

    assert len(texts(desk)) == 1
    assert not desk.store.items


def test_what_is_no_longer_good_is_sent_no_more(desk: World) -> None:
    desk.notifier.down = True
    ask(desk)
    desk.notifier.down = False
    desk.clock.advance(601)

    looking.sweep(desk.ports)

    assert not texts(desk)
    assert not desk.store.items


def test_nobody_gets_more_than_three_in_ten_minutes_however_they_are_named(desk: World) -> None:
    for who in ("maria", "+15005550101", "maria@example.com", "maria", "+15005550101"):
        desk.clock.advance(1)
        ask(desk, who)
    assert len(texts(desk)) == 3

    desk.clock.advance(600)
    ask(desk)

    assert len(texts(desk)) == 4


def test_an_unknown_one_costs_the_same_and_leaves_no_trace_of_who_it_was(desk: World) -> None:
    for who in ("eva@example.com", "+15005550777"):
        for _ in range(5):
            signing_in.ask(desk.ports, who)
    looks = [look_id for look_id, _, _ in desk.timers.queued]

    assert [len(one.times) for one in desk.store.asked.values()] == [3, 3]
    assert len(looks) == 6
    assert "eva" not in str(desk.store)
    assert "5550777" not in str(desk.store) + str(looks)


def test_two_who_ask_at_once_are_counted_as_two(desk: World) -> None:
    class Racing(type(desk.store)):  # type: ignore[misc]
        raced = False

        def sign_ins(self, who: str) -> object:
            before = super().sign_ins(who)
            if not self.raced:
                self.raced = True
                desk.clock.advance(1)
                signing_in.ask(desk.ports, "maria")
            return before

    desk.store.__class__ = Racing
    signing_in.ask(desk.ports, "maria")

    assert len(desk.store.asked["maria"].times) == 2


def test_a_code_signs_one_browser_in_once(desk: World) -> None:
    ask(desk)
    code = code_in(texts(desk)[0])

    cookie = sessions.begin(desk.ports, code)

    assert sessions.person_of(desk.ports, cookie, acts=True).id == "maria"
    assert cookie not in str(desk.store)
    with pytest.raises(SignInRefusedError):
        sessions.begin(desk.ports, code)


def test_a_code_that_two_use_at_once_is_one_of_thems(desk: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(desk)
    code = code_in(texts(desk)[0])
    known = desk.store.codes[hashed(code)]
    sessions.begin(desk.ports, code)

    monkeypatch.setattr(desk.store, "sign_in_code", lambda _: known)

    with pytest.raises(SignInRefusedError) as refused:
        sessions.begin(desk.ports, code)
    assert isinstance(refused.value.__cause__, ConflictError)


@pytest.mark.parametrize("late", [600, 601, 86_400])
def test_a_code_is_good_for_ten_minutes(desk: World, late: int) -> None:
    ask(desk)
    desk.clock.advance(late)

    with pytest.raises(SignInRefusedError):
        sessions.begin(desk.ports, code_in(texts(desk)[0]))


def test_a_code_of_nobody_is_refused_like_any_other(desk: World) -> None:
    ask(desk)
    desk.store.delete_person("maria")

    for code in ("A" * 22, code_in(texts(desk)[0])):
        with pytest.raises(SignInRefusedError):
            sessions.begin(desk.ports, code)


@pytest.fixture
def cookie(desk: World) -> str:
    ask(desk)
    return sessions.begin(desk.ports, code_in(texts(desk)[0]))


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(desk: World, cookie: str) -> None:
    for _ in range(29):
        desk.clock.advance(60)
        assert sessions.person_of(desk.ports, cookie, acts=False)
    assert desk.store.touched == 0

    desk.clock.advance(60)

    with pytest.raises(NotSignedInError):
        sessions.person_of(desk.ports, cookie, acts=False)
    with pytest.raises(NotSignedInError):
        sessions.person_of(desk.ports, cookie, acts=True)


def test_whoever_does_something_stays_for_half_a_day(desk: World, cookie: str) -> None:
    for _ in range(47):
        desk.clock.advance(15 * 60)
        assert sessions.person_of(desk.ports, cookie, acts=True)

    desk.clock.advance(15 * 60)

    with pytest.raises(NotSignedInError):
        sessions.person_of(desk.ports, cookie, acts=True)


def test_not_every_press_is_written_down(desk: World, cookie: str) -> None:
    for _ in range(10):
        desk.clock.advance(1)
        sessions.person_of(desk.ports, cookie, acts=True)
    assert desk.store.touched == 0


def test_signing_out_ends_it_and_so_does_leaving_the_roster(desk: World, cookie: str) -> None:
    ask(desk)
    other = sessions.begin(desk.ports, code_in(texts(desk)[-1]))
    sessions.end(desk.ports, cookie)
    sessions.end(desk.ports, cookie)

    with pytest.raises(NotSignedInError):
        sessions.person_of(desk.ports, cookie, acts=True)
    assert sessions.person_of(desk.ports, other, acts=True)
    desk.store.delete_person("maria")
    with pytest.raises(NotSignedInError):
        sessions.person_of(desk.ports, other, acts=True)


def test_a_wrong_cookie_is_nobodys(desk: World) -> None:
    with pytest.raises(NotSignedInError):
        sessions.person_of(desk.ports, "", acts=True)


def test_a_tenth_of_a_message_is_not_tried_for_ever(desk: World) -> None:
    desk.notifier.down = True
    signing_in.ask(desk.ports, "maria")
    for _ in range(desk.policy.sends):
        signing_in.deliver(desk.ports, "maria")
        desk.clock.advance(31)
    assert desk.store.items

    signing_in.deliver(desk.ports, "maria")

    assert not desk.store.items


@pytest.mark.parametrize(
    ("who", "channel"), [("maria", ""), ("+15005550101", "sms"), ("maria@example.com", "email")]
)
def test_what_waits_says_for_whom_it_is_and_by_which_channel(desk: World, who: str, channel: str) -> None:
    signing_in.ask(desk.ports, who)

    now = desk.clock()
    number = int(now.timestamp() * 1000)
    assert desk.timers.queued == [("desk:maria", 0, False)]
    assert [*desk.store.items.values()] == [
        OutboxItem(
            id=f"desk:maria:{number}",
            escalation_id="desk:maria",
            human_agent_id="maria",
            round=number,
            kind=ItemKind.SIGN_IN,
            not_before=now,
            channel=channel,
        )
    ]


def test_a_message_is_delivered_to_the_one_it_is_asked_for(desk: World) -> None:
    for who in ("maria", "jonas"):
        signing_in.ask(desk.ports, who)

    signing_in.deliver(desk.ports, "maria")

    assert [phone for phone, _ in desk.notifier.texts] == ["+15005550101"]
    assert [item.human_agent_id for item in desk.store.items.values()] == ["jonas"]


def test_what_is_being_delivered_is_left_alone_for_half_a_minute(desk: World) -> None:
    desk.notifier.down = True
    signing_in.ask(desk.ports, "maria")

    for _ in range(2):
        signing_in.deliver(desk.ports, "maria")

    [item] = desk.store.items.values()
    assert (item.attempts, item.not_before) == (1, desk.clock() + timedelta(seconds=30))


def test_after_exactly_ten_minutes_one_may_ask_again(desk: World) -> None:
    for _ in range(4):
        ask(desk)
    assert len(texts(desk)) == 3

    desk.clock.advance(600)
    ask(desk)

    assert len(texts(desk)) == 4


def test_a_phone_that_two_share_is_the_first_ones_by_id(desk: World) -> None:
    desk.store.put_person(replace(desk.store.roster["jonas"], phone=MARIA.phone))

    signing_in.ask(desk.ports, "+15005550101")

    assert [*desk.store.asked] == ["jonas"]


def test_an_id_that_is_anothers_address_is_an_id_first(desk: World) -> None:
    desk.store.put_person(HumanAgent(id="maria@example.com", name="Other", phone="+15005550109"))

    signing_in.ask(desk.ports, "maria@example.com")

    assert [*desk.store.asked] == ["maria@example.com"]


def test_a_press_is_written_down_once_a_quarter_of_a_minute_has_passed(desk: World, cookie: str) -> None:
    desk.clock.advance(15)
    sessions.person_of(desk.ports, cookie, acts=True)
    assert desk.store.touched == 0

    desk.clock.advance(0.001)
    sessions.person_of(desk.ports, cookie, acts=True)

    assert desk.store.touched == 1
