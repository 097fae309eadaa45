"""Reads the labelled sentences that the stand-in learns from."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from local.speech.stand_in.punctuation import as_one_sentence

FOLDER = Path(__file__).parent.parent / "training"


@dataclass(frozen=True, slots=True)
class Labelled:
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Corpus:
    wishes: tuple[Labelled, ...]
    reasons: tuple[Labelled, ...]
    topics: tuple[Labelled, ...]
    offers: tuple[Labelled, ...]
    answers: tuple[Labelled, ...]
    withdrawals: tuple[Labelled, ...] = ()
    failures: tuple[Labelled, ...] = ()


def load(folder: Path = FOLDER) -> Corpus:
    said = [row for path in sorted(folder.glob("*_*.jsonl")) for row in _rows(path)]
    return Corpus(
        wishes=tuple(Labelled(row["text"], "person" if row["person"] else "other") for row in said),
        reasons=tuple(Labelled(row["text"], row["about"]) for row in said if row["person"]),
        topics=tuple(Labelled(row["text"], row["about"]) for row in said if not row["person"]),
        offers=_labelled(folder / "offers.jsonl"),
        answers=_labelled(folder / "answers.jsonl"),
        withdrawals=_labelled(folder / "withdrawals.jsonl"),
        failures=_labelled(folder / "failures.jsonl"),
    )


def _labelled(path: Path) -> tuple[Labelled, ...]:
    return tuple(Labelled(row["text"], row["label"]) for row in _rows(path))


def fingerprint(folder: Path = FOLDER) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.jsonl")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _rows(path: Path) -> list[dict[str, str]]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [row | {"text": as_one_sentence(row["text"])} for row in rows]
