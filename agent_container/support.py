"""Whether a line of a brief is borne out by the turns that it cites."""

from typing import Final

from agent_container.brief import BriefLine
from agent_container.escalation import Line
from agent_container.language import words_of

# So many of a line's own words have to be in the turns; the rest is grammar.
_SHARE: Final = 0.5
_SHORTEST: Final = 4
_STEM: Final = 5


def is_supported(line: BriefLine, transcript: tuple[Line, ...]) -> bool:
    """Every number that it names, and half of its longer words, are in what was said there."""
    cited = [transcript[turn - 1].text for turn in line.turns if 0 < turn <= len(transcript)]
    if not cited or len(cited) != len(line.turns):
        return False
    if line.kind == "mood":
        return True
    said = {_stem(word) for text in cited for word in words_of(text)}
    named = [word for word in words_of(line.text) if word.isdigit()]
    meant = [_stem(word) for word in words_of(line.text) if len(word) >= _SHORTEST]
    found = sum(word in said for word in meant)
    return all(word in said for word in named) and found >= _SHARE * len(meant)


def _stem(word: str) -> str:
    return word[:_STEM]
