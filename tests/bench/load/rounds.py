"""Rounds in which both apps take the same load, one after the other, and each round's other one first."""

from __future__ import annotations

import itertools
import statistics
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import aiohttp

from tests.bench.load.driving import Heard, Step, arrivals, as_fast_as_they_can, at_their_times
from tests.bench.load.functions import Function
from tests.bench.load.requests import STEPS, WEBHOOKS, Life
from tests.bench.load.site import App, Site

KINDS: Final = ("api", "webhooks")
_APART_S: Final = 0.5
# Of what the plain app can do: a load that both bear.
_SHARE: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    lives: int = 24
    seconds: float = 5.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """One app's part of a round."""

    fast: Heard
    timed: Heard
    cpu: float  # seconds of processor in the fast part

    @property
    def cpu_each(self) -> float:
        return self.cpu / len(self.fast.statuses)


Rounds = dict[str, dict[str, list[Stretch]]]


async def play(site: Site, session: aiohttp.ClientSession, *, rounds: int, size: Size) -> Rounds:
    """The first is not counted: it fills caches, and tells what the plain app can do."""
    found: Rounds = {kind: defaultdict(list) for kind in KINDS}
    pace = dict.fromkeys(KINDS, 10.0)
    for number in range(rounds + 1):
        order = list(site.apps.values())[:: 1 if number % 2 else -1]
        for kind, app in itertools.product(KINDS, order):
            stretch = await _STRETCHES[kind](app, session, size, pace[kind], number)
            found[kind][app.name].append(stretch)
        pace = (
            {kind: _SHARE * found[kind]["plain"][-1].fast.a_second for kind in KINDS} if not number else pace
        )
        print(f"  round {number}: {_told(found)}", flush=True)
    return {kind: {name: each[1:] for name, each in apps.items()} for kind, apps in found.items()}


async def _api(app: App, session: aiohttp.ClientSession, size: Size, pace: float, seed: int) -> Stretch:
    server = itertools.cycle(app.urls)

    def life() -> list[Step]:
        one = Life(app=app)
        return [partial(_asked, one, name, session, server) for name in STEPS]

    before = app.servers_cpu()
    fast = await as_fast_as_they_can([life() for _ in range(size.lives)])
    cpu = app.servers_cpu() - before
    times = list(arrivals(pace / len(STEPS), seconds=size.seconds, seed=seed))
    return Stretch(fast, await at_their_times([(at, life()) for at in times], apart=_APART_S), cpu)


async def _asked(one: Life, name: str, session: aiohttp.ClientSession, server: Iterator[str]) -> int:
    return await one.step(name, session, next(server))


async def _webhooks(app: App, session: aiohttp.ClientSession, size: Size, pace: float, seed: int) -> Stretch:
    """Of calls that were claimed before, on the functions; those requests are not counted."""
    times = list(arrivals(pace / len(WEBHOOKS), seconds=size.seconds, seed=seed))
    lives = await _claimed(app, session, size.lives + len(times))
    function = itertools.cycle(app.functions)

    def steps(one: Life) -> list[Step]:
        return [partial(_invoked, one, name, function) for name in WEBHOOKS]

    before = app.functions_cpu()
    fast = await as_fast_as_they_can([steps(one) for one in lives[: size.lives]])
    cpu = app.functions_cpu() - before
    timed = [(at, steps(one)) for at, one in zip(times, lives[size.lives :], strict=True)]
    return Stretch(fast, await at_their_times(timed, apart=_APART_S), cpu)


async def _invoked(one: Life, name: str, function: Iterator[Function]) -> int:
    return await next(function).invoke(one.event(name))


async def _claimed(app: App, session: aiohttp.ClientSession, count: int) -> list[Life]:
    lives, server = [Life(app=app) for _ in range(count)], itertools.cycle(app.urls)
    before: Sequence[Sequence[Step]] = [
        [partial(_asked, one, name, session, server) for name in ("open", "claim")] for one in lives
    ]
    if refused := (await as_fast_as_they_can(before)).refused:
        raise RuntimeError(refused)
    return lives


def _told(found: Rounds) -> str:
    last = {
        f"{kind} {name}": statistics.median(each[-1].timed.seconds) * 1000
        for kind, apps in found.items()
        for name, each in apps.items()
    }
    rates = {
        f"{kind} {name}": each[-1].fast.a_second
        for kind, apps in found.items()
        for name, each in apps.items()
    }
    return ", ".join(f"{name} {rates[name]:.0f}/s {ms:.0f} ms" for name, ms in last.items())


_STRETCHES: Final[dict[str, Callable[..., Awaitable[Stretch]]]] = {"api": _api, "webhooks": _webhooks}
