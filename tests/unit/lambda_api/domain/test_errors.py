"""What a refusal says is for whoever reads it, and names no more than the part."""

import re
from collections.abc import Iterator
from inspect import signature

import pytest

from lambda_api.escalations.errors import BadCursorError, EscalationError, TooBusyError, UnavailableError

# Sentences whose words are small but for names.
SENTENCES = re.compile(r"[A-Z][a-z-]*( [\w'-]+,?)*\.( [A-Z][a-z]+( [\w'-]+,?)*\.)?")
NAMES = {"SMS", "URL", "Idempotency-Key"}
SAID: dict[EscalationError, str] = {
    BadCursorError(): "This cursor was not given out by this list.",
    UnavailableError("store"): "The store did not answer in time.",
    TooBusyError(): "The store did not answer in time.",
}


def _kinds(kind: type[EscalationError] = EscalationError) -> Iterator[type[EscalationError]]:
    """Those that say something of themselves."""
    for each in kind.__subclasses__():
        if "__init__" in vars(each) and not signature(each).parameters:
            yield each
        yield from _kinds(each)


@pytest.mark.parametrize("error", SAID, ids=lambda error: type(error).__name__)
def test_a_refusal_says_what_was_wrong(error: EscalationError) -> None:
    assert str(error) == SAID[error]


@pytest.mark.parametrize("kind", sorted(set(_kinds()), key=str))
def test_every_refusal_is_said_in_sentences(kind: type[EscalationError]) -> None:
    said = str(kind())
    others = [word.strip(".,") for word in said.split() if word.strip(".,") not in NAMES]

    assert SENTENCES.fullmatch(said)
    assert all(word == word.capitalize() or word == word.lower() for word in others)
