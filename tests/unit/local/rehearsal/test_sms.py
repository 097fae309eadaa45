"""Segments, alphabet and secrets of an SMS."""

import pytest

from local.rehearsal.sms import look_at


@pytest.mark.parametrize(
    ("text", "septets", "segments"),
    [
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("a" * 159 + "€", 161, 2),
        ("a" * 306, 306, 2),
        ("a" * 307, 307, 3),
    ],
)
def test_segments_are_counted_in_septets(text: str, septets: int, segments: int) -> None:
    facts = look_at(text)

    assert (facts.septets, facts.segments) == (septets, segments)


@pytest.mark.parametrize(
    ("letter", "gsm7"), [("é", True), ("[", True), ("ç", False), ("“", False), ("–", False)]
)
def test_letters_outside_of_gsm7_are_seen(letter: str, gsm7: bool) -> None:
    assert look_at(f"waiting {letter}").gsm7 is gsm7


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("join eyJhbGciOi.eyJpc3Mi.c2ln", "a token"),
        ("call +15005550101", "a number"),
        ("call 5005550101 back", "a number"),
        ("a caller waits, maria", "the name Maria"),
    ],
)
def test_a_token_a_number_and_a_name_are_seen(text: str, secret: str) -> None:
    assert look_at(text, names=("Maria",)).secrets == (secret,)


def test_a_link_is_neither_a_number_nor_a_token() -> None:
    facts = look_at(
        "caller_request, 0 min: http://127.0.0.1:40123/j/ab1234567890_-12345678", names=("Maria",)
    )

    assert facts.secrets == ()
    assert facts.complaints == []
