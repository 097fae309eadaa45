"""How long a request waited for others: for AWS, and for LiveKit."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from unittest.mock import patch

import aiohttp

from lambda_api.aws.client import Client

Spell = tuple[float, float]
_AWS: Final = "__call__"
_LIVEKIT: Final = "_request"


@dataclass(slots=True)
class Outside:
    """One request's calls, in seconds of the clock that it is measured by."""

    aws: list[Spell] = field(default_factory=list)
    livekit: list[Spell] = field(default_factory=list)


def covered(spells: Iterable[Spell]) -> float:
    """Calls that were made side by side are waited for once."""
    total, until = 0.0, float("-inf")
    for began, ended in sorted(spells):
        total += max(0.0, ended - max(began, until))
        until = max(until, ended)
    return total


@contextmanager
def noted(outside: Outside) -> Iterator[None]:
    """What our client and aiohttp themselves take is part of any call: it counts as waiting."""
    ask_aws: Any = getattr(Client, _AWS)
    ask_livekit: Any = getattr(aiohttp.ClientSession, _LIVEKIT)

    def aws(self: Any, *args: Any, **given: Any) -> Any:
        began = time.perf_counter()
        try:
            return ask_aws(self, *args, **given)
        finally:
            outside.aws.append((began, time.perf_counter()))

    async def livekit(self: Any, *args: Any, **more: Any) -> Any:
        began = time.perf_counter()
        try:
            return await ask_livekit(self, *args, **more)
        finally:
            outside.livekit.append((began, time.perf_counter()))

    with patch.object(Client, _AWS, aws), patch.object(aiohttp.ClientSession, _LIVEKIT, livekit):
        yield
