"""A seed is a plan, and every fault of the matrix has its place."""

from collections import Counter

from local.rehearsal.chaos.catalogue import BY_NAME, ELSEWHERE, TRIALS
from local.rehearsal.chaos.plan import drawn


def test_each_fault_comes_as_often_as_any_other() -> None:
    turns = drawn(200, 7, list(BY_NAME))

    counts = Counter(turn.fault for turn in turns)
    assert set(counts) == set(BY_NAME)
    assert max(counts.values()) - min(counts.values()) <= 1
    assert min(counts.values()) >= 3


def test_the_same_seed_is_the_same_plan_with_the_same_dice() -> None:
    one, other = drawn(30, 7, list(BY_NAME)), drawn(30, 7, list(BY_NAME))

    assert one == other
    assert [turn.dice.random() for turn in one] == [turn.dice.random() for turn in other]
    assert drawn(30, 8, list(BY_NAME)) != one


def test_a_longer_run_begins_as_a_shorter_one_does() -> None:
    assert drawn(100, 7, list(BY_NAME))[:20] == drawn(20, 7, list(BY_NAME))


def test_every_fault_of_the_matrix_is_injected_or_said_to_be_proved_elsewhere() -> None:
    injected = {number for trial in TRIALS for number in trial.covers.split()}

    assert injected | set(ELSEWHERE) == {f"F{number}" for number in range(1, 39)}
