"""The number of a caller who wants to be called back."""

import pytest

from agent_container.callback import Callback, dialled


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("+15005550142", "+15005550142"),
        ("+1 (500) 555-01.42", "+15005550142"),
        ("0049 30/1234567", "+49301234567"),
        ("5550142", None),
        ("+0500555", None),
        ("+1234567890123456", None),
        ("+1500555O142", None),
        ("", None),
    ],
)
def test_a_number_can_be_dialled_from_anywhere_or_is_none(said: str, number: str | None) -> None:
    assert dialled(said) == number


def test_what_is_noted_is_as_long_as_the_api_takes() -> None:
    sent = Callback(name="n" * 200, phone="+15005550142", when="w" * 200).as_json()

    assert (len(sent["name"]), len(sent["when"])) == (80, 120)
