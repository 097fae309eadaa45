"""Answers an instruction ("Greet the caller.", "Tell the caller that …") with the words it asks for."""

import re

from local.speech.stand_in.replies import GREETING

_QUOTED = re.compile(r"[\"“]([^\"”]{3,})[\"”]")
_TELL = re.compile(
    r"^\s*(?:please\s+)?(?:now\s+)?(?:(?:briefly|politely|honestly|kindly)\s+)?"
    r"(?:say|tell|inform|let|explain|apologi[sz]e)\b(?:\s+to)?(?:\s+(?:the\s+)?(?:caller|user|them))?(?:\s+know)?"
    r"(?:\s*[:,]\s*|\s+that\s+)",
    re.IGNORECASE,
)
_CALLER = (
    (re.compile(r"\b(?:the|this) caller's\b", re.IGNORECASE), "your"),
    (re.compile(r"\b(?:the|this) caller (?:is|was)\b", re.IGNORECASE), "you are"),
    (re.compile(r"\b(?:the|this) caller\b", re.IGNORECASE), "you"),
)


def spoken(instruction: str) -> str:
    if quoted := _QUOTED.search(instruction):
        return quoted.group(1).strip()
    if found := _TELL.match(instruction):
        return addressed(instruction[found.end() :])
    return GREETING


def relayed(outcome: str) -> str:
    """Passes on a tool's outcome: in its own quoted words where it has some, else addressed to the caller."""
    quoted = _QUOTED.search(outcome)
    return quoted.group(1).strip() if quoted else addressed(outcome)


def addressed(text: str) -> str:
    """Says to the caller what was written about the caller."""
    told = _TELL.sub("", text.strip(), count=1)
    for pattern, word in _CALLER:
        told = pattern.sub(word, told)
    return told[:1].upper() + told[1:]
