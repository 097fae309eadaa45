"""What the talk so far makes of the caller's turn: an offer of a person taken up, help that failed twice."""

from collections.abc import Iterator, Sequence
from typing import Final

from local.speech.stand_in.dialogue import Dialogue, Turn
from local.speech.stand_in.understanding import Understanding

# The offer, a question about it and its answer.
_AS_FAR_BACK: Final = 3
_OFTEN_ENOUGH: Final = 2


def reason_by_now(dialogue: Dialogue, understanding: Understanding) -> str | None:
    """Why the talk calls for a person at this turn, if it does."""
    turns = dialogue.turns
    if understanding.answer(dialogue.said) == "yes" and _offered(turns[:-1], understanding):
        return "caller_request"
    # Who was asked for already need not be told again that it goes on failing.
    failed = not dialogue.called and _failed_again(turns, understanding)
    return "repeated_failure" if failed else None


def _offered(before: Sequence[Turn], understanding: Understanding) -> bool:
    """An offer stands until it is answered, or until the agent asks for something else."""
    for turn in reversed(before[-_AS_FAR_BACK:]):
        if turn.by_caller and understanding.answer(turn.text) != "other":
            return False
        if not turn.by_caller and understanding.offer(turn.text) == "offer":
            return True
        if not turn.by_caller and turn.text.endswith("?"):
            return False
    return False


def _failed_again(turns: Sequence[Turn], understanding: Understanding) -> bool:
    failed = [
        understanding.failed(said) or _denies_success(before, said, understanding)
        for before, said in _exchanges(turns)
    ]
    return bool(failed) and failed[-1] and sum(failed) >= _OFTEN_ENOUGH


def _denies_success(before: str, said: str, understanding: Understanding) -> bool:
    return understanding.answer(said) == "no" and understanding.offer(before) == "check"


def _exchanges(turns: Sequence[Turn]) -> Iterator[tuple[str, str]]:
    """Each of the caller's turns with the agent's words that it answers."""
    before = ""
    for turn in turns:
        if turn.by_caller:
            yield before, turn.text
        else:
            before = turn.text
