"""Which handoff gets which fault: each as often as any other, in an order that a seed decides."""

import random
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """One handoff of the run; the same number of the same seed is the same handoff again."""

    number: int
    fault: str
    seed: int

    @property
    def dice(self) -> random.Random:
        return random.Random(f"{self.seed}/{self.number}/{self.fault}")  # noqa: S311 - to be repeated


def drawn(count: int, seed: int, faults: Sequence[str]) -> list[Turn]:
    dice = random.Random(seed)  # noqa: S311 - to be repeated
    names: list[str] = []
    while len(names) < count:
        names += dice.sample(faults, len(faults))
    return [Turn(number, fault, seed) for number, fault in enumerate(names[:count], start=1)]
