"""What a person is told who takes the call: the AI's summary line by line, and where each line comes from."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class LineKind(StrEnum):
    WISH = "wish"
    TRIED = "tried"
    PROMISED = "promised"
    MOOD = "mood"
    FACT = "fact"


class Line(Struct, frozen=True, kw_only=True):
    kind: LineKind
    text: str
    turns: tuple[int, ...] = ()  # of the transcript, from one


class Brief(Struct, frozen=True, kw_only=True):
    """Personal data, kept and erased as the words are; the newest one counts."""

    summary: str
    transcript: tuple[tuple[str, str], ...]  # (role, text)
    refreshed_at: datetime
    lines: tuple[Line, ...] = ()
    language: str | None = None
    mood: str | None = None


class Caller(Struct, frozen=True, kw_only=True):
    """Who is on the line, as far as anybody said."""

    identity: str
    name: str | None
    phone: str | None
