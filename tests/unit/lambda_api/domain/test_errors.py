"""What a refusal says is for whoever reads it, and names no more than the part."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from inspect import signature

import pytest

from lambda_api.escalations.errors import (
    AlreadyClaimedError,
    BadCursorError,
    EscalationError,
    TooBusyError,
    UnavailableError,
)

# Sentences whose words are small but for names.
SENTENCES = re.compile(r"[A-Z][a-z-]*( [\w'-]+,?)*\.( [A-Z][a-z]+( [\w'-]+,?)*\.)?")
NAMES = {"SMS", "URL", "Idempotency-Key"}
AT = datetime(2026, 11, 29, 9, 30, tzinfo=UTC)
SAID: dict[Callable[[], EscalationError], str] = {
    BadCursorError: "This cursor was not given out by this list.",
    partial(UnavailableError, "store"): "The store did not answer in time.",
    TooBusyError: "The store did not answer in time.",
    partial(AlreadyClaimedError, who="Maria", since=AT): "Maria took this call at 09:30 UTC.",
}


def _kinds(kind: type[EscalationError] = EscalationError) -> Iterator[type[EscalationError]]:
    """Those that say something of themselves."""
    for each in kind.__subclasses__():
        if "__init__" in vars(each) and not signature(each).parameters:
            yield each
        yield from _kinds(each)


@pytest.mark.parametrize("refused", SAID, ids=SAID.values())
def test_a_refusal_says_what_was_wrong(refused: Callable[[], EscalationError]) -> None:
    assert str(refused()) == SAID[refused]


@pytest.mark.parametrize("kind", sorted(set(_kinds()), key=str))
def test_every_refusal_is_said_in_sentences(kind: type[EscalationError]) -> None:
    said = str(kind())
    others = [word.strip(".,") for word in said.split() if word.strip(".,") not in NAMES]

    assert SENTENCES.fullmatch(said)
    assert all(word == word.capitalize() or word == word.lower() for word in others)
