"""However whisper punctuates a turn, it reads the same."""

import pytest

from local.speech.stand_in.punctuation import as_one_sentence


@pytest.mark.parametrize(
    "heard",
    [
        "No, I want nobody, I want an answer.",
        "No, I want nobody. I want an answer.",
    ],
)
def test_where_a_sentence_ends_makes_no_difference(heard: str) -> None:
    assert as_one_sentence(heard) == "No, I want nobody, I want an answer."


@pytest.mark.parametrize(
    ("heard", "read"),
    [
        ("Stop. You can't help. I'm off.", "Stop, you can't help, I'm off."),
        ("Wait... And then?", "Wait, and then?"),
        ("Isn't it? Get me a person.", "Isn't it? Get me a person."),
        ("It costs 3.50 today.", "It costs 3.50 today."),
        ("Nein. Ich will das nicht!", "Nein, ich will das nicht!"),
        (".", "."),
        ("", ""),
    ],
)
def test_a_turn_goes_on_as_one_sentence_and_a_question_stays_one(heard: str, read: str) -> None:
    assert as_one_sentence(heard) == read
