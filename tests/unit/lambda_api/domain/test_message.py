"""The words of a notification, the codes of its link, and ids."""

from datetime import timedelta

import pytest

from lambda_api.escalations import gsm, message, names
from lambda_api.escalations.codes import DerivedCodes
from lambda_api.escalations.errors import SmsTooLongError
from lambda_api.escalations.models import Reason
from lambda_api.escalations.policy import Policy
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
