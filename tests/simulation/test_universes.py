"""Random universes keep every promise, and a seed is all that it takes to see one of them again."""

import gc
import logging
from collections.abc import Iterator
from itertools import count
from random import Random

import pytest

from lambda_api.escalations.models import Escalation
from lambda_api.escalations.offering import CHANGES
from tests.simulation.runs import judged, run, universe
from tests.simulation.script import Human, Script
from tests.simulation.story import story
from tests.simulation.universe import Universe


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_no_universe_breaks_a_promise() -> None:
    tally = run(count(1_000_000), escalations=1000)

    assert not tally.found
    assert tally.disturbances > tally.universes


def test_a_seed_brings_the_same_universe_again() -> None:
    first, again = universe(7), universe(7)

    assert [*story(first.run())] == [*story(again.run())]


def test_a_universe_that_is_forgotten_leaves_nothing_to_collect() -> None:
    run(count(1), escalations=100)  # what all of them have in common is made by the first
    gc.collect()
    gc.disable()
    try:
        for seed in range(60):
            one = universe(seed)
            judged(one)
            one.forget()
        del one
        left = gc.collect()
    finally:
        gc.enable()

    assert left == 0


def test_the_sweep_goes_on_for_whoever_comes_last() -> None:
    """Long after the caller, while neither the other system nor the queue answers."""
    down = (("hooks", 100, 100), ("timers", 131, 69))
    script = Script(caller_stays=5, guest_after=130, hook=True, outages=down, people=())

    assert judged(Universe(script, rng=Random(1), steps=iter(()))) == []


def test_who_calls_again_is_not_whom_a_person_left_behind() -> None:
    """No webhook comes, so nobody is told of the second call; the first one had its agent to the end."""
    leaves_at_once = Human(reads_after=40, joins_after=25, stays=10.5, ends="completes")
    script = Script(
        caller_stays=118,
        caller_returns_after=2,
        webhooks_are_cut=True,
        agent_dies_after=2,
        agent_is_deaf=True,
        people=(leaves_at_once,),
    )

    assert judged(Universe(script, rng=Random(1), steps=iter(()))) == []


def test_whatever_changes_is_offered_to_other_systems() -> None:
    rows = [row for seed in range(80) for row in _rows(seed)]

    assert {entry.change for row in rows for entry in row.timeline} <= {*CHANGES}


def _rows(seed: int) -> list[Escalation]:
    one = universe(seed)
    one.run()
    return [*one.store.rows.values()]
