"""What a person is told who takes the call: the AI's summary line by line, and where each line comes from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LineKind(StrEnum):
    WISH = "wish"
    TRIED = "tried"
    PROMISED = "promised"
    MOOD = "mood"
    FACT = "fact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    kind: LineKind
    text: str
    turns: tuple[int, ...] = ()  # of the transcript, from one


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Personal data, kept and erased as the words are; the newest one counts."""

    summary: str
    transcript: tuple[tuple[str, str], ...]  # (role, text)
    refreshed_at: datetime
    lines: tuple[Line, ...] = ()
    language: str | None = None
    mood: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who is on the line, as far as anybody said."""

    identity: str
    name: str | None
    phone: str | None
