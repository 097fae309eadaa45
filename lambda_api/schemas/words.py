"""What was said in a call, on the wire: for an AI that resumes it and for a desk that shows it."""

from typing import Self

from lambda_api.escalations.models import Disposition, Escalation
from lambda_api.escalations.records import Words
from lambda_api.schemas.fields import Answer


class TurnOut(Answer):
    """One thing that was said."""

    role: str
    text: str


class WordsOut(Answer):
    """Empty when nothing was said, or when it is kept no longer."""

    summary: str
    transcript: list[TurnOut]
    notes: str
    disposition: Disposition | None

    @classmethod
    def of(cls, row: Escalation, words: Words) -> Self:
        return cls(
            summary=words.summary,
            transcript=[TurnOut(role=role, text=text) for role, text in words.transcript],
            notes=words.notes,
            disposition=row.disposition,
        )
