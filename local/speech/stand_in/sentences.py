"""What the stand-in says, in the language of whoever it says it to."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

FIRST: Final = "en"
_SENTENCES: Final[dict[str, dict[str, str]]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
LANGUAGES: Final = tuple(_SENTENCES)
_SMALL: Final = {name: frozenset(said["small_words"].split()) for name, said in _SENTENCES.items()}


def sentence(name: str, language: str = FIRST) -> str:
    return _SENTENCES[language][name]


def in_all(name: str) -> tuple[str, ...]:
    return tuple(said[name] for said in _SENTENCES.values())


def language_of(turns: Iterable[str]) -> str:
    """The latest that is clear from the small words of a turn; English where none is."""
    language = FIRST
    for turn in turns:
        words = re.findall(r"[\w']+", turn.casefold())
        counts = {name: sum(word in small for word in words) for name, small in _SMALL.items()}
        best, second = sorted(counts, key=lambda name: -counts[name])[:2]
        language = best if counts[best] > counts[second] else language
    return language
