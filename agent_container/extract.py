"""A brief without a model: what was said, sorted by plain signs, word for word."""

from collections.abc import Iterator
from typing import Final

from agent_container.brief import Brief, BriefLine, Kind
from agent_container.escalation import Line
from agent_container.language import SIGNS, language_of, words_of
from agent_container.promise import promises_a_person

_MOODS: Final = {name: frozenset(words.split()) for name, words in SIGNS["moods"].items()}
_TRIED: Final = frozenset(SIGNS["tried"]["words"].split())
_PROMISED: Final = frozenset(SIGNS["promised"]["words"].split())
_TEXT: Final = 300
# What a caller wants takes more than a yes.
_FEWEST_WORDS: Final = 4
_EACH: Final = 4


def extract(transcript: tuple[Line, ...], *, summary: str) -> Brief:
    numbered = list(enumerate(transcript, 1))
    found = [line for number, turn in numbered for line in _lines(number, turn)]
    mood = next((line for line in reversed(found) if line.kind == "mood"), None)
    kinds: tuple[Kind, ...] = ("wish", "tried", "promised", "mood", "fact")
    latest = [line for kind in kinds for line in [each for each in found if each.kind == kind][-_EACH:]]
    said = [turn.text for turn in transcript if turn.role == "caller"]
    return Brief(
        summary=summary or " ".join(said[-2:]),
        lines=tuple(latest),
        transcript=transcript,
        language=language_of(said),
        mood=_mood(words_of(mood.text)) if mood else None,
    )


def _lines(number: int, turn: Line) -> Iterator[BriefLine]:
    words = words_of(turn.text)
    for kind in _of_caller(turn.text, words) if turn.role == "caller" else _of_agent(turn.text, words):
        yield BriefLine(kind=kind, text=turn.text[:_TEXT], turns=(number,))


def _of_caller(text: str, words: list[str]) -> Iterator[Kind]:
    if any(character.isdigit() for character in text):
        yield "fact"
    elif len(words) >= _FEWEST_WORDS:
        yield "wish"
    if _mood(words):
        yield "mood"


def _of_agent(text: str, words: list[str]) -> Iterator[Kind]:
    if promises_a_person(text) or not _PROMISED.isdisjoint(words):
        yield "promised"
    elif not _TRIED.isdisjoint(words):
        yield "tried"


def _mood(words: list[str]) -> str | None:
    return next((mood for mood, signs in _MOODS.items() if not signs.isdisjoint(words)), None)
