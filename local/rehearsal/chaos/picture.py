"""A run as a picture: a line for each fault, a dot for each handoff, on a scale with room for both ends."""

from collections.abc import Iterator
from itertools import groupby
from math import log10
from typing import Final

from local.rehearsal import svg
from local.rehearsal.chaos.catalogue import BY_NAME
from local.rehearsal.chaos.run import Result

_WIDTH, _LEFT, _RIGHT, _TOP, _ROW = 920.0, 190.0, 30.0, 66.0, 17.0
_LEAST, _MOST = 0.05, 100.0
_TICKS: Final = (0.1, 0.3, 1, 3, 10, 30)
_DOTS: Final = {
    "gone": ("#2f6fde", "a human can be heard → the AI is gone"),
    "alone": ("#c2571a", "longest time without anybody who can be heard"),
}


def draw(results: list[Result]) -> str:
    order = list(BY_NAME)
    by_fault = sorted(results, key=lambda each: order.index(each.turn.fault))
    rows = [(name, list(found)) for name, found in groupby(by_fault, key=lambda each: each.turn.fault)]
    bottom = _TOP + len(rows) * _ROW
    elements = [
        svg.text(20, 26, "What a fault costs: each dot is one handoff (seconds)", size=16),
        *_legend(),
    ]
    elements += [each for tick in _TICKS for each in _tick(tick, bottom)]
    for number, (name, found) in enumerate(rows):
        elements += _row(name, found, y=_TOP + (number + 0.5) * _ROW)
    return svg.document(_WIDTH, bottom + 30, elements)


def _x(seconds: float) -> float:
    share = log10(min(_MOST, max(_LEAST, seconds)) / _LEAST) / log10(_MOST / _LEAST)
    return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)


def _legend() -> Iterator[str]:
    x = 20.0
    for fill, words in _DOTS.values():
        yield svg.dot(x, 44, fill=fill)
        yield svg.text(x + 10, 48, words)
        x += svg.width_of(words) + 40


def _tick(seconds: float, bottom: float) -> Iterator[str]:
    yield svg.line(_x(seconds), _TOP, _x(seconds), bottom, dash="2 3")
    yield svg.tick(_x(seconds), bottom + 16, f"{seconds:g} s")


def _row(name: str, results: list[Result], *, y: float) -> Iterator[str]:
    yield svg.text(_LEFT - 12, y + 4, name, anchor="end")
    for figure, (fill, _) in _DOTS.items():
        # What took no time at all has no place on such a scale, and needs none.
        shown = [each.figures[figure] for each in results if each.figures.get(figure, 0.0) > 0.0]
        yield from (svg.dot(_x(seconds), y, fill=fill) for seconds in shown)
