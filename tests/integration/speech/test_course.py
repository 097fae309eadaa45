"""What a turn means in its talk: an offer taken up, help that failed twice, and what only looks like it."""

from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest

from local.speech.stand_in import corpus
from local.speech.stand_in.course import reason_by_now
from local.speech.stand_in.dialogue import read
from local.speech.stand_in.understanding import Understanding

OFFER = "Should I connect you with a colleague?"
ANOTHER = "Shall I send you the invoice again?"


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return Understanding.best_possible(corpus.load())


def messages(said: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for role, text in zip(cycle(("assistant", "user")), said, strict=False):
        yield {"role": role, "content": text}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ((OFFER, "Yes, please do that."), "caller_request"),
        ((OFFER, "What would that cost me?", "Nothing at all.", "Fine, yes please."), "caller_request"),
        (
            ("Soll ich einen Kollegen holen?", "Kostet das extra?", "Nein.", "Gut, ja bitte."),
            "caller_request",
        ),
        ((OFFER, "No, thank you.", "All right.", "Yes."), None),
        ((OFFER, "What would that cost me?", ANOTHER, "Yes please."), None),
        (("Hello.", "My screen is dark.", "Press the button.", "Nothing happens, still dark."), None),
        (
            ("Press it.", "No, it still does not work.", "Pull the plug.", "That did not help me either."),
            "repeated_failure",
        ),
        (("Did that help?", "No.", "Does it work now?", "No."), "repeated_failure"),
        (("Press it.", "It still does not work.", "Hold it down.", "Now it works, thanks a lot!"), None),
    ],
)
def test_the_talk_decides_what_a_turn_means(
    understanding: Understanding, said: tuple[str, ...], reason: str | None
) -> None:
    assert reason_by_now(read(list(messages(said))), understanding) == reason


def test_who_was_asked_for_is_not_asked_for_again_by_every_failure(understanding: Understanding) -> None:
    asked = {"role": "assistant", "tool_calls": [{"function": {"name": "transfer_to_human_agent"}}]}
    talk = ("Press it.", "No, it still does not work.", "Pull the plug.", "That did not help me either.")

    assert reason_by_now(read([asked, *messages(talk)]), understanding) is None
