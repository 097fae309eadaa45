"""`python -m local.rehearsal.sentences FILE`: speaks each sentence in its own call; was it decided right?"""

import argparse
import asyncio
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from local.rehearsal.hearing import Decision, decide
from local.rehearsal.readiness import wait_for_the_worker
from local.stack.running import running
from local.stack.stack_file import StackFile

_ENOUGH = 0.95


class SentencesError(ValueError):
    """The file is not JSON lines of {text, wants_person}."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said, and whether it asks for a person."""

    text: str
    wants_person: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """A sentence and what the stack made of it."""

    text: str
    wants_person: bool
    decision: Decision

    @property
    def right(self) -> bool:
        return self.decision.failure == "" and self.decision.called == self.wants_person

    def line(self) -> str:
        verdict = "right" if self.right else "WRONG"
        decided = self.decision.failure or ("calls a person" if self.decision.called else "goes on itself")
        return f"  {verdict:<6}{decided:<18}{self.decision.after_s:5.1f} s  {self.text}"


def read(lines: Iterable[str]) -> list[Sentence]:
    try:
        return [Sentence(**json.loads(line)) for line in lines if line.strip()]
    except (ValueError, TypeError) as error:
        raise SentencesError("not JSON lines of {text, wants_person}") from error


async def try_all(stack: StackFile, sentences: list[Sentence], *, at_once: int) -> list[Outcome]:
    turn = asyncio.Semaphore(at_once)
    await wait_for_the_worker(stack.control_url)

    async def one(sentence: Sentence) -> Outcome:
        async with turn:
            decision = await decide(stack, sentence.text)
        outcome = Outcome(text=sentence.text, wants_person=sentence.wants_person, decision=decision)
        print(outcome.line(), flush=True)
        return outcome

    return list(await asyncio.gather(*(one(sentence) for sentence in sentences)))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m local.rehearsal.sentences", description=__doc__)
    parser.add_argument("file", type=Path, help='JSON lines: {"text": "…", "wants_person": true}')
    parser.add_argument("--at-once", type=int, default=2, help="calls side by side")
    parser.add_argument("--out", type=Path, help="write the outcomes here as JSON lines")
    asked = parser.parse_args()
    sentences = read(asked.file.read_text().splitlines())
    with running() as stack:
        outcomes = asyncio.run(try_all(stack, sentences, at_once=asked.at_once))
    if asked.out:
        asked.out.write_text("".join(json.dumps(asdict(outcome)) + "\n" for outcome in outcomes))
    right = sum(outcome.right for outcome in outcomes)
    print(f"{right} of {len(outcomes)} decided rightly")
    return 0 if outcomes and right >= _ENOUGH * len(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
