"""Hears the AI promise a person: only what it says that it does counts, no offer, question or refusal."""

import re
import tomllib
from pathlib import Path
from typing import Final

_BOOK: Final[dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("promises.toml").read_text(encoding="utf-8")
)
_PROMISES: Final = tuple(re.compile(each, re.IGNORECASE) for each in _BOOK["promises"])
_NO_PROMISES: Final = tuple(re.compile(each, re.IGNORECASE) for each in _BOOK["no_promises"])
_SENTENCE: Final = re.compile(r"[^.!?…]+[.!?…]*")


def promises_a_person(said: str) -> bool:
    return any(_is_promise(sentence) for sentence in _SENTENCE.findall(said.replace("\u2019", "'")))


def _is_promise(sentence: str) -> bool:
    if sentence.rstrip().endswith("?") or any(each.search(sentence) for each in _NO_PROMISES):
        return False
    return any(each.search(sentence) for each in _PROMISES)
