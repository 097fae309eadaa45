"""How loud a speaker was, 10 ms by 10 ms: levels in dBFS and spells of speech."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

FRAME_S = 0.010
SILENCE_DBFS = -60.0
FLOOR_DBFS = -96.0
_FULL_SCALE = 32768.0
_ROUNDING = 1e-6

Samples = npt.NDArray[np.int16]


def dbfs(samples: Samples) -> float:
    """The RMS level of one frame, a full-scale square wave being 0."""
    if samples.size == 0:
        return FLOOR_DBFS
    rms = float(np.sqrt(np.mean(np.square(samples.astype(np.float64)))))
    if rms == 0.0:
        return FLOOR_DBFS
    return max(FLOOR_DBFS, float(20.0 * np.log10(rms / _FULL_SCALE)))


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of speech without a longer pause in it."""

    began: float
    ended: float


@dataclass(slots=True)
class Loudness:
    """A speaker's frames in the order in which an ear (or a mouth) had them."""

    at: list[float] = field(default_factory=list)
    level: list[float] = field(default_factory=list)

    def add(self, at: float, level: float) -> None:
        self.at.append(at)
        self.level.append(level)

    def extend(self, at: Iterable[float], level: Iterable[float]) -> None:
        self.at.extend(at)
        self.level.extend(level)

    def first_loud(self, *, since: float = float("-inf")) -> float | None:
        for index in range(bisect_left(self.at, since), len(self.at)):
            if self.level[index] > SILENCE_DBFS:
                return self.at[index]
        return None

    def last_loud(self, *, until: float = float("inf")) -> float | None:
        for index in range(bisect_left(self.at, until) - 1, -1, -1):
            if self.level[index] > SILENCE_DBFS:
                return self.at[index]
        return None

    def spells(self, *, pause_s: float = 0.4, since: float = float("-inf")) -> list[Spell]:
        loud = [
            at for at, level in zip(self.at, self.level, strict=True) if at >= since and level > SILENCE_DBFS
        ]
        spells: list[Spell] = []
        for at in loud:
            if spells and at - spells[-1].ended <= pause_s:
                spells[-1] = Spell(spells[-1].began, at + FRAME_S)
            else:
                spells.append(Spell(at, at + FRAME_S))
        return spells

    def on_grid(self, began: float, frames: int) -> npt.NDArray[np.float64]:
        """Levels above silence on an even grid; frames that came late or in a burst fall into their slot."""
        grid = np.zeros(frames)
        first, last = bisect_left(self.at, began), bisect_left(self.at, began + frames * FRAME_S)
        for at, level in zip(self.at[first:last], self.level[first:last], strict=True):
            # Frames at exact distances must not fall into the slot before theirs.
            slot = min(frames - 1, int((at - began) / FRAME_S + _ROUNDING))
            grid[slot] = max(grid[slot], level - SILENCE_DBFS)
        return grid
