"""How right and wrong decisions become figures, and how the figures are told."""

import pytest

from tests.evals import material, report, trial
from tests.evals.history import Question
from tests.evals.keywords import Keywords
from tests.evals.material import Then
from tests.evals.scoring import Score


def test_precision_counts_false_alarms_and_recall_what_was_missed() -> None:
    pairs = [(True, True)] * 6 + [(False, True)] * 2 + [(True, False)] * 4 + [(False, False)] * 9

    score = Score.of(pairs)

    assert (score.precision, score.recall) == (0.75, 0.6)
    assert score.f1 == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))


def test_who_has_nothing_to_find_and_finds_nothing_is_right() -> None:
    assert Score.of([(False, False)]).f1 == 1.0


class Oracle:
    """Knows what is right, and errs where it is told to."""

    name = "oracle"

    def __init__(self, *wrong: str) -> None:
        self._wrong = wrong

    async def decide(self, question: Question) -> Then:
        return "nothing" if question.said in self._wrong else question.right


async def test_who_is_always_right_has_full_marks_and_no_misses() -> None:
    tried = await trial.run(Oracle(), "dev")

    assert {score.f1 for score in (*tried.utterances.values(), tried.talks, tried.withdrawals)} == {1.0}
    assert tried.whole_talks == (24, 24)
    assert tried.misses == ()


async def test_a_wrong_turn_is_counted_in_its_language_and_shown() -> None:
    wish = next(one for one in material.utterances("dev") if one.person and one.language == "es")

    tried = await trial.run(Oracle(wish.text), "dev")

    assert tried.utterances["es"].missed == tried.utterances[""].missed == 1
    assert tried.utterances["de"].missed == 0
    assert [miss.said for miss in tried.misses] == [wish.text]
    told = "\n".join(report.lines([tried], misses_of="dev"))
    assert f"✗ es {wish.kind}: {wish.text}  (is person, decided nothing)" in told
    assert wish.text not in "\n".join(report.lines([tried], misses_of="held_out"))


async def test_one_wrong_turn_spoils_its_talk_only() -> None:
    talk = material.talks("dev")[4]

    tried = await trial.run(Oracle(talk.asked()[1].text), "dev")

    assert (tried.withdrawals.missed, tried.talks.missed, tried.whole_talks) == (1, 0, (23, 24))


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ("Give me an operator!", "person"),
        ("Einen Mitarbeiter, bitte.", "person"),
        ("No operator, please.", "nothing"),
        ("When does my parcel come?", "nothing"),
        ("Never mind.", "withdraw"),
    ],
)
async def test_a_keyword_list_goes_by_single_words(said: str, then: Then) -> None:
    question = Question(messages=({"role": "user", "content": said},), tools=(), right=then)

    assert await Keywords().decide(question) == then
