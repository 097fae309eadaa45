"""Reads a turn as one sentence: a full stop within it is the ear's guess, and must not decide anything."""

import re
from typing import Final

_BETWEEN: Final = re.compile(r"\.+\s+(\S+)")


def as_one_sentence(text: str) -> str:
    return _BETWEEN.sub(lambda end: f", {_going_on(end[1])}", text)


def _going_on(word: str) -> str:
    """A word as it is written within a sentence."""
    return word if word.split("'")[0] == "I" else word[0].lower() + word[1:]
