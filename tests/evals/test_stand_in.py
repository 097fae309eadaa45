"""The offline stand-in knows when a person is wanted, on sentences and talks that were not looked at."""

import asyncio

import pytest

from tests.evals import trial
from tests.evals.deciders import StandIn
from tests.evals.keywords import Keywords
from tests.evals.trial import Trial

F1 = 0.95
CLEARLY = 0.3


@pytest.fixture(scope="module")
def tried() -> Trial:
    return asyncio.run(trial.run(StandIn(), "held_out"))


def test_it_tells_wishes_apart_in_utterances_that_were_held_out(tried: Trial) -> None:
    assert tried.utterances[""].f1 >= F1


async def test_it_beats_a_list_of_keywords_clearly(tried: Trial) -> None:
    baseline = await trial.run(Keywords(), "held_out")

    assert tried.utterances[""].f1 - baseline.utterances[""].f1 >= CLEARLY
    assert tried.talks.f1 - baseline.talks.f1 >= CLEARLY
