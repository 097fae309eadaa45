"""Whether a line of a brief is borne out by the turns that it cites."""

from typing import Final

from agent_container.brief import BriefLine, Kind
from agent_container.escalation import Line, Role
from agent_container.language import words_of

# So many of a line's own words have to be in the turns; the rest is grammar.
_SHARE: Final = 0.5
_SHORTEST: Final = 4
_STEM: Final = 5
# Whose words such a line rests on, among others'; what was tried either of them may tell.
_SPEAKER: Final[dict[Kind, Role]] = {"wish": "caller", "mood": "caller", "promised": "agent"}


def is_supported(line: BriefLine, transcript: tuple[Line, ...]) -> bool:
    """Every number that it names, and half of its longer words, are in what the right one said there."""
    cited = [transcript[turn - 1] for turn in line.turns if 0 < turn <= len(transcript)]
    if len(cited) != len(line.turns) or not _is_by_the_right_one(line.kind, cited):
        return False
    return line.kind == "mood" or _is_said(line, [turn.text for turn in cited])


def _is_by_the_right_one(kind: Kind, cited: list[Line]) -> bool:
    speaker = _SPEAKER.get(kind)
    return any(speaker in (None, turn.role) for turn in cited)


def _is_said(line: BriefLine, texts: list[str]) -> bool:
    said = {_stem(word) for text in texts for word in words_of(text)}
    named = [word for word in words_of(line.text) if word.isdigit()]
    meant = [_stem(word) for word in words_of(line.text) if len(word) >= _SHORTEST]
    found = sum(word in said for word in meant)
    return all(word in said for word in named) and found >= _SHARE * len(meant)


def _stem(word: str) -> str:
    return word[:_STEM]
