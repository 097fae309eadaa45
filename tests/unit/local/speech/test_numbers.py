"""A number is understood however it was said or written down."""

import pytest

from local.speech.stand_in.numbers import number_in, read_back


@pytest.mark.parametrize(
    "said",
    [
        "plus one five zero zero, five five five, zero one four two",
        "My number is +1 500 555 0142.",
        "It's plus 1, 500-555-0142, thank you.",
        "call me at 1 (500) 555-0142 please",
        "plus one five double zero triple five oh one four two",
    ],
)
def test_a_number_is_found_in_what_was_said(said: str) -> None:
    assert number_in(said) == "+15005550142"


@pytest.mark.parametrize("said", ["", "I have two invoices from 2024.", "one moment please", "at 5 o'clock"])
def test_a_few_digits_are_no_number(said: str) -> None:
    assert number_in(said) is None


def test_a_number_is_read_back_digit_by_digit_in_groups() -> None:
    assert read_back("+15005550142") == "plus one five zero, zero five five, five zero one, four two"
