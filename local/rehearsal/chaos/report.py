"""What a run showed, for readers: how often each fault struck, what was broken, and how long things took."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from math import ceil
from typing import Final

from local.rehearsal.chaos.catalogue import BY_NAME, ELSEWHERE, TRIALS
from local.rehearsal.chaos.run import LANES, Result

FIGURES: Final = {
    "told": "stored → SMS",
    "silent": "human at the caller's ear → last sound of the AI there",
    "gone": "human heard in LiveKit's list → no AI in it",
    "alone": "longest time without anybody who can be heard",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Of the run as a whole."""

    seed: int
    at: str
    took_s: float
    factor: float
    leaks: list[str]
    at_first: list[str] = field(default_factory=list)  # broken then, and played again

    def command(self, count: int) -> str:
        return f"make chaos N={count} SEED={self.seed}"


def as_json(results: list[Result], facts: Facts) -> str:
    told = [{**asdict(each), "secrets": len(each.secrets)} for each in ordered(results)]
    return json.dumps({"facts": asdict(facts), "handoffs": told}, indent=1) + "\n"


def ordered(results: list[Result]) -> list[Result]:
    return sorted(results, key=lambda each: each.turn.number)


def broken(results: list[Result], facts: Facts) -> list[str]:
    return [*complaints(results), *facts.leaks]


def complaints(results: list[Result]) -> list[str]:
    return [
        f"handoff {each.turn.number} ({each.turn.fault}): {complaint}"
        for each in ordered(results)
        for complaint in each.broken
    ]


_PAGE: Final = """\
# Chaos: handoffs while things break

`{command}`, run {at}: {count} handoffs with real media in {minutes:.1f} minutes, {together} at a time
where a fault hurts only its own room; **{broken} broken promises**. Times that people are waited for were
shortened by the factor {factor:g}, LiveKit's own were not; the AI says no farewell, and the wish is typed, so
that what is measured is the handoff and not speech recognition. The same seed is the same plan; `ONLY=7`
plays its seventh handoff alone.

Each figure is p50 / p99 (the highest where there are fewer than a hundred), in seconds.
{legend}

| fault | of the matrix | handoffs | struck | broken | {heads} |
|---|---|---:|---:|---:|{rules}|
{rows}

![Each handoff's times by its fault](images/chaos.svg)

## Promises that were held against each history

| promise | checks | broken |
|---|---:|---:|
{promises}

{complaints}
## What was injected

{abouts}

## What is proved elsewhere

{elsewhere}
"""


def page(results: list[Result], facts: Facts) -> str:
    found = broken(results, facts)
    return _PAGE.format(
        command=facts.command(len(results)),
        at=facts.at,
        count=len(results),
        minutes=facts.took_s / 60,
        together=LANES,
        broken=len(found) or "no",
        factor=facts.factor,
        legend="\n".join(f"- **{name}**: {what}" for name, what in FIGURES.items()),
        heads=" | ".join(FIGURES),
        rules="|".join("---:" for _ in FIGURES),
        rows="\n".join(_row(name, _of(results, name)) for name in BY_NAME if _of(results, name)),
        promises=_promises(results, facts),
        complaints=_listed("Broken", found) + _listed("Broken at first, and played again", facts.at_first),
        abouts="\n".join(f"- **{each.name}**: {each.about}" for each in TRIALS if _of(results, each.name)),
        elsewhere="\n".join(f"- **{number}** {where}" for number, where in ELSEWHERE.items()),
    )


def _of(results: list[Result], fault: str) -> list[Result]:
    return [each for each in results if each.turn.fault == fault]


def _row(name: str, results: list[Result]) -> str:
    figures = (
        _spread([each.figures[figure] for each in results if figure in each.figures]) for figure in FIGURES
    )
    wrong = sum(len(each.broken) for each in results)
    cells = (
        name,
        BY_NAME[name].covers,
        len(results),
        sum(each.struck for each in results) or "",
        f"**{wrong}**" if wrong else 0,
        *figures,
    )
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def _spread(values: Iterable[float]) -> str:
    found = sorted(values)
    return f"{percentile(found, 50):.2f} / {percentile(found, 99):.2f}" if found else ""


def percentile(found: list[float], percent: int) -> float:
    """Of sorted values, by the nearest rank."""
    return found[max(0, ceil(len(found) * percent / 100) - 1)]


def _promises(results: list[Result], facts: Facts) -> str:
    checks = Counter(promise for each in results for promise in each.checked)
    wrong = Counter(complaint.partition(":")[0] for each in results for complaint in each.broken)
    checks["I11"], wrong["I11"] = 1, len(facts.leaks)
    checks["play"] = len(results)
    wrong["play"] = sum(count for promise, count in wrong.items() if promise not in checks)
    rows = (
        f"| {promise} | {checks[promise]} | {wrong[promise]} |" for promise in sorted(checks, key=_number)
    )
    return "\n".join(rows)


def _number(promise: str) -> int:
    return int(promise[1:]) if promise[1:].isdecimal() else 99


def _listed(head: str, complaints: list[str]) -> str:
    return "\n".join([f"## {head}", "", *(f"- {each}" for each in complaints), "", ""]) if complaints else ""
