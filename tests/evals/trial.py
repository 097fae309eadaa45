"""One decider tried on one split: its scores by language and kind, and what it got wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from tests.evals import material
from tests.evals.deciders import Decider, decide_all
from tests.evals.history import Asking, Question
from tests.evals.material import Talk, Then, Utterance
from tests.evals.scoring import Score


@dataclass(frozen=True, slots=True)
class Miss:
    language: str
    kind: str
    said: str
    right: Then
    decided: Then


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    decider: str
    split: str
    utterances: dict[str, Score]
    """By language, and of all together under an empty name."""
    talks: Score
    withdrawals: Score
    whole_talks: tuple[int, int]
    """Without a wrong turn, of how many."""
    misses: tuple[Miss, ...]


async def run(decider: Decider, split: str) -> Trial:
    asking = Asking()
    utterances, talks = material.utterances(split), material.talks(split)
    alone = [asking.about(utterance) for utterance in utterances]
    in_talks = [asking.through(talk) for talk in talks]
    said = [question for talk in in_talks for question in talk]
    decided = await decide_all(decider, [*alone, *said])
    of_utterances, of_turns = decided[: len(alone)], decided[len(alone) :]
    remaining = iter(of_turns)
    by_talk = [list(islice(remaining, len(talk))) for talk in in_talks]
    return Trial(
        decider=decider.name,
        split=split,
        utterances=_by_language(utterances, of_utterances),
        talks=_score(said, of_turns, "person"),
        withdrawals=_score(said, of_turns, "withdraw"),
        whole_talks=(sum(map(_faultless, in_talks, by_talk)), len(talks)),
        misses=(
            *_misses(utterances, [(question,) for question in alone], [[then] for then in of_utterances]),
            *_misses(talks, in_talks, by_talk),
        ),
    )


def _by_language(utterances: Sequence[Utterance], decided: Sequence[Then]) -> dict[str, Score]:
    pairs = [
        (one.language, one.person, then == "person") for one, then in zip(utterances, decided, strict=True)
    ]
    languages = dict.fromkeys(one.language for one in utterances)
    return {
        wanted: Score.of((right, then) for language, right, then in pairs if wanted in (language, ""))
        for wanted in (*languages, "")
    }


def _score(questions: Sequence[Question], decided: Sequence[Then], deed: Then) -> Score:
    return Score.of((one.right == deed, then == deed) for one, then in zip(questions, decided, strict=True))


def _faultless(questions: Sequence[Question], decided: Sequence[Then]) -> bool:
    return [question.right for question in questions] == list(decided)


def _misses(
    ones: Sequence[Utterance | Talk], asked: Sequence[Sequence[Question]], decided: Sequence[Sequence[Then]]
) -> list[Miss]:
    return [
        Miss(one.language, one.kind, question.said, question.right, then)
        for one, questions, answers in zip(ones, asked, decided, strict=True)
        for question, then in zip(questions, answers, strict=True)
        if question.right != then
    ]
