"""Which language somebody speaks, by the small words that every sentence needs."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

SIGNS: Final[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("signs.toml").read_text(encoding="utf-8")
)
_LANGUAGES: Final = {name: frozenset(words.split()) for name, words in SIGNS["languages"].items()}
# Fewer are a name or a slip.
_FEWEST: Final = 2


def words_of(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.casefold())


def language_of(texts: Iterable[str]) -> str | None:
    """The latest clear one: callers change over when they find that they can."""
    found = None
    for text in texts:
        found = _language(words_of(text)) or found
    return found


def _language(words: list[str]) -> str | None:
    counts = {name: sum(word in small for word in words) for name, small in _LANGUAGES.items()}
    best = max(counts, key=lambda name: counts[name])
    others = max(count for name, count in counts.items() if name != best)
    return best if counts[best] >= _FEWEST and counts[best] > others else None
