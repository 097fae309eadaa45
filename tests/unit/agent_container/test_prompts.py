"""The one file of texts, which people edit who do not program."""

import string
import tomllib
from pathlib import Path
from typing import Any

from agent_container import prompts

BOOK: dict[str, Any] = tomllib.loads(Path(prompts.__file__).with_suffix(".toml").read_text(encoding="utf-8"))
KNOWN = {"name", "minutes", "time", "people", "digits", "summary", "notes", "brief"}


def blanks(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def test_the_instructions_hold_what_the_business_has_said() -> None:
    business = BOOK["business"]

    assert blanks(prompts.INSTRUCTIONS) == set()
    for said in (business["name"], business["tone"], *business["may_do"], *business["human_only"]):
        assert said in prompts.INSTRUCTIONS


def test_no_text_has_a_blank_that_nothing_fills() -> None:
    texts = [text for part in ("said", "outcomes", "notes", "clips") for text in BOOK[part].values()]

    assert {blank for text in texts for blank in blanks(text)} <= KNOWN
    assert all(not blanks(clip) for clip in prompts.CLIPS.values())
