"""What was read a moment ago, for readers to whom a few seconds make no difference."""

import math
import time
from collections.abc import Callable
from typing import Final, Generic, TypeVar

T = TypeVar("T")
KEEP_S: Final = 5.0


class Lately(Generic[T]):
    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._value: T
        self._until = -math.inf

    def read(self, fresh: Callable[[], T], *, lately: bool) -> T:
        began = self._clock()
        if not lately or began >= self._until:
            self._value, self._until = fresh(), began + KEEP_S
        return self._value

    def forget(self) -> None:
        """What this process has changed itself, it knows at once."""
        self._until = -math.inf
