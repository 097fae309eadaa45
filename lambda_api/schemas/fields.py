"""The field types that every schema is made of: bounded, printable, storable."""

import re
from datetime import UTC, datetime
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
)

from lambda_api.config.times import to_text

# Lone surrogates are what JSON can say and UTF-8 cannot.
_NOT_IN_PROSE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# What turns the direction of writing makes a name look like another one.
_NOT_IN_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


class Strict(BaseModel):
    """An input that refuses what it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Answer(BaseModel):
    """An output."""

    model_config = ConfigDict(frozen=True)


def _one_line(text: str) -> str:
    if _NOT_IN_A_LINE.search(text):
        raise ValueError("holds control characters")
    return text


def _visible(text: str) -> str:
    if not text.strip():
        raise ValueError("is blank")
    return text


def _plausible(at: datetime) -> datetime:
    """The ends of the calendar cannot be told in another zone, and nobody called anybody then."""
    if not _FIRST <= at <= _LAST:
        raise ValueError("is not a time of this century")
    return at.astimezone(UTC)


def _storable(text: str) -> str:
    if _NOT_IN_PROSE.search(text):
        raise ValueError("holds control characters")
    return text


Line = Annotated[str, AfterValidator(_one_line)]
Prose = Annotated[str, AfterValidator(_storable)]
Seen = Annotated[Line, AfterValidator(_visible)]
Room = Annotated[Seen, Field(min_length=1, max_length=128, examples=["call-7"])]
Identity = Annotated[Seen, Field(min_length=1, max_length=128, examples=["caller-4f2a"])]
Maybe = Annotated[Line, Field(max_length=128)]  # an identity, or "" for none
Name = Annotated[Seen, Field(min_length=1, max_length=80, examples=["Maria"])]
Label = Annotated[Seen, Field(min_length=1, max_length=64)]
Phone = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{6,14}$", examples=["+15005550101"])]
TimeIn = Annotated[AwareDatetime, AfterValidator(_plausible)]
TimeOut = Annotated[
    datetime,
    PlainSerializer(to_text, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-11-24T23:14:05.123Z"]}),
]
