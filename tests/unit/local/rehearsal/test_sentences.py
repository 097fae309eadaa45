"""Sentences are read strictly, and an outcome is right only when the decision was."""

import pytest

from local.rehearsal.hearing import Decision
from local.rehearsal.sentences import Outcome, Sentence, SentencesError, read


def test_sentences_are_read_from_json_lines() -> None:
    lines = [
        '{"text": "Get me a person", "wants_person": true}',
        "",
        '{"text": "Hello", "wants_person": false}',
    ]

    assert read(lines) == [Sentence("Get me a person", True), Sentence("Hello", False)]


@pytest.mark.parametrize(
    "line", ["hello", '{"text": "x"}', '{"text": "x", "wants_person": true, "more": 1}', "[]"]
)
def test_anything_else_is_refused(line: str) -> None:
    with pytest.raises(SentencesError):
        read([line])


@pytest.mark.parametrize(
    ("wants", "called", "failure", "right"),
    [
        (True, True, "", True),
        (False, False, "", True),
        (True, False, "", False),
        (False, True, "", False),
        (False, False, "the AI's greeting did not happen within 30 s", False),
    ],
)
def test_a_call_that_failed_is_never_right(wants: bool, called: bool, failure: str, right: bool) -> None:
    outcome = Outcome("Hello", wants, Decision(called=called, after_s=1.0, failure=failure))

    assert outcome.right is right
    assert outcome.line().startswith("  right" if right else "  WRONG")
