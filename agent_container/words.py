"""What was said in a call before this AI came, as the API tells it."""

from dataclasses import dataclass
from typing import Any, Self

from agent_container.errors import ApiRefusedError
from agent_container.escalation import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    summary: str = ""
    notes: str = ""
    transcript: tuple[Line, ...] = ()

    @classmethod
    def from_json(cls, answer: Any) -> Self:
        try:
            return cls(
                summary=answer.get("summary") or "",
                notes=answer.get("notes") or "",
                transcript=tuple(_line(turn) for turn in answer.get("transcript") or ()),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ApiRefusedError(status=200, error="UnexpectedAnswer") from error


def _line(turn: Any) -> Line:
    return Line(role="caller" if turn["role"] == "caller" else "agent", text=str(turn["text"]))
