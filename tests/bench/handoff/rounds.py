"""Rounds of joins: every case in an order that is each round's own, one call at a time."""

import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

import aiohttp
from livekit import api as livekit_api
from livekit import rtc

from local.rehearsal.desk import DeskError, NoLinkError
from local.rehearsal.patience import TooLateError
from tests.bench.handoff.calm import calm
from tests.bench.handoff.joining import Call, Case, Join, NotSpeakingError

Cut = Callable[[], AbstractAsyncContextManager[None]]
_FAILURES = (
    TooLateError,
    DeskError,
    NoLinkError,
    NotSpeakingError,
    rtc.ConnectError,
    livekit_api.ServerError,
    aiohttp.ClientError,
)


@dataclass(slots=True)
class Found:
    joins: dict[str, list[Join]] = field(default_factory=lambda: defaultdict(list))
    failures: Counter[str] = field(default_factory=Counter)


async def play(cases: Iterable[Case], *, for_s: float, cut: Cut, found: Found) -> None:
    """The first round wakes up whatever sleeps, and does not count."""
    until = time.monotonic() + for_s
    await _round(list(cases), cut, Found())
    while time.monotonic() < until:
        await _round(list(cases), cut, found)


async def _round(cases: list[Case], cut: Cut, found: Found) -> None:
    random.shuffle(cases)
    for case in cases:
        call = Call(case)
        await _tried(call, cut, found)
        await call.ends()


async def _tried(call: Call, cut: Cut, found: Found) -> None:
    name = call.case.name
    try:
        await call.begins()
        await calm()
        join = await call.is_joined(cut())
    except _FAILURES as error:
        found.failures[f"{name}: {type(error).__name__} {error}"] += 1
        print(f"  {name:<15} {type(error).__name__} {error}", flush=True)
    else:
        found.joins[name].append(join)
        print(f"  {name:<15} {_told(join)}", flush=True)


def _told(join: Join) -> str:
    times = (("silent", join.silent_ms), ("audible", join.audible_ms), ("gone", join.gone_ms))
    return "   ".join(f"{what} {ms:>7.1f} ms" for what, ms in (*times, ("told", join.told_ms or 0.0)))
