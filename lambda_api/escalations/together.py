"""Several hand-overs at the same time, because whoever waits for them waits for the slowest only."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, Protocol, TypeVar

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

AT_A_TIME: Final = 8


class Together(Protocol):
    def __call__(self, act: Callable[[Item], Outcome], items: Sequence[Item]) -> tuple[Outcome, ...]: ...


def in_threads(act: Callable[[Item], Outcome], items: Sequence[Item]) -> tuple[Outcome, ...]:
    """In the order of the items; one alone needs no thread."""
    if len(items) < 2:
        return tuple(map(act, items))
    with ThreadPoolExecutor(max_workers=min(AT_A_TIME, len(items))) as pool:
        return tuple(pool.map(act, items))
