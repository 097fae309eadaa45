"""The tables of what it costs, as docs/operations.md shows them between two marks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from local.stack.places import ROOT
from tests.bench.cost.bill import Assumed, Line, bill, used
from tests.bench.cost.calls import providers

DOCUMENT: Final = ROOT / "docs" / "operations.md"
_BEGIN: Final = "<!-- what it costs: written by `make bench-cost` -->\n"
_END: Final = "<!-- until here -->\n"


class NoPlaceError(Exception):
    """The document lacks the marks between which the tables stand."""


def tables() -> str:
    assumed = Assumed.read()
    handovers, calls = bill(used(), assumed), providers(assumed)
    total = Line(part="**together**", counted="", dollars=sum(line.dollars for line in handovers))
    head = "| part | what is counted | for 1,000 {} |\n|---|---|---:|\n"
    return (
        f"By list prices of {assumed.as_of} in {assumed.region}, without any discount "
        "(`tests/bench/cost/prices.toml`): look them up again.\n\n"
        + head.format("handovers")
        + _rows([*handovers, total])
        + "\n"
        + head.format("calls")
        + _rows(calls)
    )


def shown(document: Path = DOCUMENT) -> str:
    _, _, rest = document.read_text().partition(_BEGIN)
    found, mark, _ = rest.partition(_END)
    if not mark:
        raise NoPlaceError
    return found.strip("\n") + "\n"


def write(document: Path = DOCUMENT) -> None:
    text = document.read_text()
    before, _, rest = text.partition(_BEGIN)
    _, mark, after = rest.partition(_END)
    if not mark:
        raise NoPlaceError
    document.write_text(f"{before}{_BEGIN}\n{tables()}\n{_END}{after}")


def _rows(lines: Sequence[Line]) -> str:
    return "".join(f"| {one.part} | {one.counted} | {_dollars(one.dollars)} |\n" for one in lines)


def _dollars(amount: float) -> str:
    return f"${amount:,.2f}"
