"""What was measured, as lines for a terminal."""

from collections.abc import Iterator, Sequence

from tests.evals.scoring import Score
from tests.evals.trial import Trial

_HEAD = f"{'':26}{'precision':>10}{'recall':>10}{'F1':>10}"


def lines(trials: Sequence[Trial], *, misses_of: str) -> Iterator[str]:
    for trial in trials:
        yield f"\n{trial.decider} on {trial.split}"
        yield _HEAD
        yield from _figures(trial)
        if trial.split == misses_of:
            yield from _misses(trial)


def _figures(trial: Trial) -> Iterator[str]:
    for language, score in trial.utterances.items():
        yield _row(f"utterances, {language or 'all'}", score)
    yield _row("turns of talks", trial.talks)
    yield _row("withdrawals", trial.withdrawals)
    right, of = trial.whole_talks
    yield f"  {'whole talks':24}{right:>7} of {of}"


def _row(name: str, score: Score) -> str:
    return f"  {name:24}{score.precision:>10.3f}{score.recall:>10.3f}{score.f1:>10.3f}"


def _misses(trial: Trial) -> Iterator[str]:
    for miss in trial.misses:
        yield f"  ✗ {miss.language} {miss.kind}: {miss.said}  (is {miss.right}, decided {miss.decided})"
