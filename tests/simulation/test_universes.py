"""Random universes keep every promise, and a seed is all that it takes to see one of them again."""

import logging
from collections.abc import Iterator
from itertools import count

import pytest

from tests.simulation.runs import run, universe
from tests.simulation.story import story


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
