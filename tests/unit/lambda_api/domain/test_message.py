"""The words of a notification, the codes of its link, and ids."""

import re
from datetime import timedelta

import pytest

from lambda_api.escalations import gsm, message, names
from lambda_api.escalations.codes import DerivedCodes
from lambda_api.escalations.errors import SmsTooLongError
from lambda_api.escalations.models import Reason
from lambda_api.escalations.policy import Policy
from lambda_api.escalations.sending import Message
from tests.unit.lambda_api.domain.fakes import START

CODE = "x" * 22


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_fits_one_segment_with_a_cloudfront_address(reason: Reason) -> None:
    url = Policy(public_url="https://d111111abcdef8.cloudfront.net/").link(CODE)

    text = message.text(reason, since=START, at=START + timedelta(minutes=59), url=url)

    assert gsm.septets(text) <= gsm.SEGMENT
    assert text.endswith(f"Join: https://d111111abcdef8.cloudfront.net/j/{CODE}")


@pytest.mark.parametrize(
    ("seconds", "said"), [(-1, "0 s"), (4.4, "4 s"), (89, "89 s"), (90, "2 min"), (600, "10 min")]
)
def test_the_waiting_time_is_said_in_a_word(seconds: float, said: str) -> None:
    text = message.text(Reason.OTHER, since=START, at=START + timedelta(seconds=seconds), url="u")

    assert f"(waiting {said})" in text


def test_a_long_address_leaves_the_link_alone() -> None:
    url = Policy(public_url="https://" + "a" * 120).link(CODE)

    assert message.text(Reason.OTHER, since=START, at=START, url=url) == url


@pytest.mark.parametrize("public_url", ["https://" + "a" * 130, "https://exämple.org", "https://" + "~" * 65])
def test_an_address_that_no_segment_holds_is_refused_at_the_start(public_url: str) -> None:
    with pytest.raises(SmsTooLongError):
        Policy(public_url=public_url)


@pytest.mark.parametrize("end", ["", "/", "//"])
def test_an_address_whose_longest_link_fills_a_segment_is_taken(end: str) -> None:
    full = "https://" + "a" * 121

    assert Policy(public_url=full + end).desk_link(CODE) == f"{full}/desk/in/{CODE}"
    with pytest.raises(SmsTooLongError):
        Policy(public_url=full + "a" + end)


def test_a_code_is_22_url_safe_characters_that_the_key_alone_gives() -> None:
    code = DerivedCodes(lambda: b"one").derive("esc_1", "maria", 1)

    assert len(code) == 22
    assert code.replace("-", "").replace("_", "").isalnum()
    assert code == DerivedCodes(lambda: b"one").derive("esc_1", "maria", 1)
    others = {
        DerivedCodes(lambda: b"two").derive("esc_1", "maria", 1),
        DerivedCodes(lambda: b"one").derive("esc_1", "maria", 2),
        DerivedCodes(lambda: b"one").derive("esc_1", "jonas", 1),
        code,
    }
    assert len(others) == 4


def test_ids_sort_by_time() -> None:
    ids = [names.escalation_id(START + timedelta(milliseconds=one)) for one in range(50)]

    assert ids == sorted(ids)
    assert all(len(one) == 30 and one.startswith("esc_") for one in ids)


def test_an_id_begins_with_the_milliseconds_it_was_made_at() -> None:
    digits = "0123456789abcdefghijklmnopqrstuv"
    number = 0
    for digit in names.escalation_id(START + timedelta(milliseconds=7)).removeprefix("esc_"):
        number = number * 32 + digits.index(digit)

    assert number >> 80 == START.timestamp() * 1000 + 7


def test_what_is_made_up_is_long_enough_to_guess_in_vain_and_no_longer() -> None:
    assert re.fullmatch(r"[\w-]{32}", names.cookie())
    assert re.fullmatch(r"human-agent-maria-[0-9a-f]{8}", names.human_identity("maria"))


def test_a_message_about_a_call_back_says_so() -> None:
    said = "A caller asks for a call back"

    assert message.callback("u") == Message(subject=said, text=f"{said}. See: u")


@pytest.mark.parametrize(("chars", "alone"), [(110, False), (111, True)])
def test_a_sign_in_says_what_it_is_where_there_is_room(chars: int, *, alone: bool) -> None:
    url = "u" * chars
    full = f"Sign in to the desk, once and within ten minutes: {url}"
    assert len(full) == chars + 50

    assert message.sign_in(url) == Message(subject="Sign in to the desk", text=url if alone else full)


@pytest.mark.parametrize(("chars", "fits"), [(159, True), (160, True), (161, False)])
def test_a_segment_is_160_characters(chars: int, *, fits: bool) -> None:
    assert gsm.fits("a" * chars) is fits


def test_an_address_that_ends_in_any_letter_keeps_it() -> None:
    policy = Policy(public_url="https://desk.example/X/")

    assert policy.link(CODE) == f"https://desk.example/X/j/{CODE}"
    assert policy.desk_link(CODE) == f"https://desk.example/X/desk/in/{CODE}"
