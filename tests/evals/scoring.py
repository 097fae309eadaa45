"""Precision, recall and F1 of what was decided against what was right."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    hits: int
    false_alarms: int
    missed: int

    @classmethod
    def of(cls, pairs: Iterable[tuple[bool, bool]]) -> "Score":
        """Each pair is what was right and what was decided."""
        counted = list(pairs)
        return cls(
            hits=counted.count((True, True)),
            false_alarms=counted.count((False, True)),
            missed=counted.count((True, False)),
        )

    @property
    def precision(self) -> float:
        return _share(self.hits, self.false_alarms)

    @property
    def recall(self) -> float:
        return _share(self.hits, self.missed)

    @property
    def f1(self) -> float:
        return _share(2 * self.hits, self.false_alarms + self.missed)


def _share(right: int, wrong: int) -> float:
    return right / (right + wrong) if right + wrong else 1.0
