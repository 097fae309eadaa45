"""Waits for what another process does, with a deadline; or watches that it does not happen."""

import time
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")
_LOOK_EVERY_S = 0.1


def eventually(what: str, look: Callable[[], _T | None], *, within_s: float) -> _T:
    deadline = time.monotonic() + within_s
    while not (found := look()):
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not happen within {within_s} s")
        time.sleep(_LOOK_EVERY_S)
    return found


def never(what: str, look: Callable[[], object], *, for_s: float) -> None:
    deadline = time.monotonic() + for_s
    while time.monotonic() < deadline:
        assert not look(), f"{what} happened"
        time.sleep(_LOOK_EVERY_S)
