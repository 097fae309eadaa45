"""The labelled utterances and talks that everything which decides is tried on, in two splits."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

FOLDER: Final = Path(__file__).parent
SPLITS: Final = ("dev", "held_out")

Then = Literal["person", "withdraw", "nothing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    text: str
    person: bool
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class AgentTurn:
    text: str


@dataclass(frozen=True, slots=True)
class CallerTurn:
    text: str
    then: Then
    """What the agent does next beside talking."""


Turn = AgentTurn | CallerTurn


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    kind: str
    language: str
    turns: tuple[Turn, ...]

    def asked(self) -> tuple[CallerTurn, ...]:
        return tuple(turn for turn in self.turns if isinstance(turn, CallerTurn))


def utterances(split: str) -> tuple[Utterance, ...]:
    return tuple(Utterance(**row) for row in _rows(split, "utterances"))


def talks(split: str) -> tuple[Talk, ...]:
    return tuple(
        Talk(kind=row["kind"], language=row["language"], turns=tuple(map(_turn, row["turns"])))
        for row in _rows(split, "talks")
    )


def fingerprint(split: str) -> str:
    digest = hashlib.sha256()
    for file in sorted((FOLDER / split).glob("*.jsonl")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _turn(row: dict[str, Any]) -> Turn:
    return AgentTurn(row["agent"]) if "agent" in row else CallerTurn(row["caller"], row["then"])


def _rows(split: str, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / split / f"{name}.jsonl").read_text("utf-8").splitlines()]
