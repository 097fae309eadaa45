"""An instruction is answered with the words it asks for."""

import pytest

from local.speech.stand_in import replies
from local.speech.stand_in.instructions import addressed, spoken


@pytest.mark.parametrize(
    ("instruction", "words"),
    [
        ("Greet the caller and offer your help.", replies.GREETING),
        ("Tell the caller that nobody is free right now.", "Nobody is free right now."),
        (
            "Let the caller know that the caller's call is being transferred.",
            "Your call is being transferred.",
        ),
        ("Say: we are closed today.", "We are closed today."),
        ('Say exactly "You are now connected with Maria."', "You are now connected with Maria."),
        ("Briefly apologise to the caller, the line was cut.", "The line was cut."),
    ],
)
def test_the_instruction_is_followed(instruction: str, words: str) -> None:
    assert spoken(instruction) == words


def test_what_was_written_about_the_caller_is_said_to_the_caller() -> None:
    assert addressed("A person was told. The caller is next.") == "A person was told. you are next."
