"""What the person who takes over should know, and the turns that each line of it rests on."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from agent_container.escalation import Line as Turn

Kind = Literal["wish", "tried", "promised", "mood", "fact"]

_SUMMARY = 2000
_TEXT = 300
_LINES = 20
_TURNS = 10
_TRANSCRIPT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefLine:
    kind: Kind
    text: str
    turns: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Turns are counted from one."""

    summary: str
    lines: tuple[BriefLine, ...]
    transcript: tuple[Turn, ...]
    language: str | None = None
    mood: str | None = None

    def in_short(self) -> str:
        """In words, as it is known without asking a model."""
        return "\n".join([self.summary, *(f"{line.kind}: {line.text}" for line in self.lines)])

    def as_json(self) -> dict[str, Any]:
        lines = [
            {"kind": line.kind, "text": line.text[:_TEXT], "turns": list(line.turns[:_TURNS])}
            for line in self.lines[:_LINES]
        ]
        content = {
            "summary": self.summary[:_SUMMARY],
            "lines": lines,
            "transcript": [asdict(turn) for turn in self.transcript[:_TRANSCRIPT]],
            "language": self.language,
            "mood": self.mood,
        }
        return {name: value for name, value in content.items() if value is not None}
