"""Hand-overs at the same time: as many as there are, and no more than eight."""

from threading import Barrier, Lock

import pytest

from lambda_api.escalations.together import in_threads


@pytest.mark.parametrize("some", [2, 8])
def test_they_do_not_wait_for_one_another(some: int) -> None:
    met = Barrier(some)

    assert sorted(in_threads(lambda _: met.wait(timeout=10), range(some))) == [*range(some)]


def test_no_more_than_eight_are_at_it_and_the_outcomes_keep_their_order() -> None:
    met, lock, there = Barrier(8), Lock(), 0
    most: list[int] = []

    def act(number: int) -> int:
        nonlocal there
        with lock:
            there += 1
            most.append(there)
        met.wait(timeout=10)
        with lock:
            there -= 1
        met.wait(timeout=10)
        return number

    assert in_threads(act, range(32)) == (*range(32),)
    assert max(most) == 8


def test_nothing_to_do_is_done() -> None:
    assert in_threads(str, ()) == ()
