"""Runs universes by their seeds and tells what did not hold; the same seed is the same universe."""

import gc
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.simulation.checks import violations
from tests.simulation.checks.facts import Facts
from tests.simulation.faults import Fault
from tests.simulation.script import Script, drawn
from tests.simulation.universe import Universe

STEPS = 293  # of a universe, among which its faults are spread: about one of them is met
MOST_FAULTS = 4


@dataclass(slots=True)
class Tally:
    universes: int = 0
    escalations: int = 0
    steps: int = 0
    disturbances: int = 0
    seconds: float = 0  # of one core
    found: dict[int, list[str]] = field(default_factory=dict)  # by seed

    def add(self, other: "Tally") -> None:
        self.universes += other.universes
        self.escalations += other.escalations
        self.steps += other.steps
        self.disturbances += other.disturbances
        self.seconds += other.seconds
        self.found |= other.found


class Chance(Random):
    def choice(self, among: Any) -> Any:
        """Out of so few the bias is none that anybody would find, and it takes a third of the time."""
        return among[int(self.random() * len(among))]


def universe(seed: int) -> Universe:
    rng = Chance(seed)
    script = drawn(rng)
    faults = sorted(rng.sample(range(1, STEPS), rng.randint(0, MOST_FAULTS)))
    return Universe(script, rng=rng, steps=iter(faults))


def judged(one: Universe) -> list[str]:
    return [*violations(Facts(history=one.run(), store=one.store, script=one.script))]


def run(seeds: Iterator[int], *, escalations: int) -> Tally:
    """As many universes as it takes for so many escalations."""
    tally = Tally()
    gc.disable()  # a universe that is forgotten leaves nothing to collect
    for seed in seeds:
        _run_one(tally, seed)
        if tally.escalations >= escalations:
            break
    gc.enable()
    return tally


def _run_one(tally: Tally, seed: int) -> None:
    one = universe(seed)
    found = judged(one)
    tally.universes += 1
    tally.escalations += len(one.store.rows)
    tally.steps += one.steps.count
    tally.disturbances += len(one.history.faults)
    if found:
        tally.found[seed] = found
    one.forget()


def with_fault(script: Script, *, step: int, fault: Fault) -> Universe:
    """The same universe as always, but for one fault at one step."""
    return Universe(script, rng=Random(1), steps=iter([step]), fault=fault)
