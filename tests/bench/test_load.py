"""The load in small: a few lives of each app, the same calls for the same job, and a few races."""

import asyncio
import itertools
from collections import Counter
from pathlib import Path

import aiohttp
import pytest

from tests.bench.load import figures, races
from tests.bench.load.driving import Heard, arrivals, at_their_times
from tests.bench.load.requests import STEPS, Life, put_on_duty
from tests.bench.load.rounds import Size, Stretch, play
from tests.bench.load.site import Site, site
from tests.bench.load.stand_in.expressions import NotSpokenError, Words


async def test_both_apps_bear_the_load_and_refuse_nothing(tmp_path: Path) -> None:
    async with (
        aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session,
        site(tmp_path, processes=1) as there,
    ):
        for app in there.apps.values():
            await put_on_duty(app, session)
        rounds = await play(there, session, rounds=1, size=Size(lives=2, seconds=1.0))
        calls = {name: await _calls(there, session, name) for name in there.apps}

    assert all(len(stretches) == 1 for apps in rounds.values() for stretches in apps.values())
    assert figures.goals(rounds)[-1].reached
    # Or the two would not have done the same job.
    assert calls["ours"] == calls["plain"]


async def _calls(there: Site, session: aiohttp.ClientSession, name: str) -> Counter[str]:
    """To AWS and LiveKit, of one life, right after another: what is known for seconds is known."""
    app, counts = there.apps[name], f"{there.stand_in}/counts"
    server = itertools.cycle(app.urls)
    for _ in range(2):
        await session.get(counts)
        life = Life(app=app)
        answers = [await life.step(step, session, next(server)) for step in STEPS]
        assert all(200 <= status < 300 for status in answers), answers
    async with session.get(counts) as told:
        return Counter(await told.json(content_type=None))


def test_of_everybody_who_presses_at_once_one_has_the_call() -> None:
    raced = races.run(20, contenders=8)

    assert (raced.one_winner, raced.told_whose) == (20, 20)


async def test_a_request_that_waits_for_another_counts_from_its_own_time() -> None:
    async def slow() -> int:
        await asyncio.sleep(0.2)
        return 200

    heard = await at_their_times([(0.0, [slow, slow])], apart=0.05)

    assert heard.seconds[1] > 0.3


def test_arrivals_come_at_random_but_repeat_themselves() -> None:
    first, second = (list(arrivals(50, seconds=10, seed=7)) for _ in range(2))

    assert first == second
    assert 400 < len(first) < 600
    assert len({round(b - a, 6) for a, b in itertools.pairwise(first)}) > 100


@pytest.mark.parametrize(
    ("a_second", "late", "reached"),
    [(240.0, 0.05, [True, True]), (110.0, 0.05, [False, True]), (240.0, 0.2, [True, False])],
)
def test_who_is_slower_than_the_plain_app_misses_the_goal(
    a_second: float, late: float, reached: list[bool]
) -> None:
    plain = _stretch(100.0, 0.1)
    rounds = {"api": {"ours": [_stretch(a_second, late)], "plain": [plain]}}

    assert [goal.reached for goal in figures.goals(rounds)][:2] == reached


def _stretch(a_second: float, late: float) -> Stretch:
    fast = Heard(seconds=[late] * 100, statuses=[200] * 100, lasted=100 / a_second)
    return Stretch(fast, Heard(seconds=[late] * 100, statuses=[200] * 100, lasted=1.0), 1.0)


def test_what_no_store_of_ours_asks_is_not_guessed() -> None:
    with pytest.raises(NotSpokenError):
        Words({}).holds("size(pk) > :most", {})
