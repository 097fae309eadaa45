"""Every join as two dots: when the AI fell silent, and when it was gone."""

import math

from local.rehearsal import svg
from tests.bench.handoff.rounds import Found

_LEFT, _WIDTH, _TOP, _ROW = 130.0, 860.0, 60.0, 26.0
_FROM, _TO = 10.0, 10_000.0
_SILENT, _GONE = "#7a4fd0", "#9aa5b1"


def draw(found: Found) -> str:
    names = sorted(found.joins)
    bottom = _TOP + _ROW * len(names)
    rows = [each for count, name in enumerate(names) for each in _row(name, found, _TOP + _ROW * count)]
    title = "From when the human agent can be heard: the AI silent (violet), the AI gone (grey)"
    elements = [svg.text(20, 26, title, size=14), *_axis(bottom), *rows]
    return svg.document(_LEFT + _WIDTH + 30, bottom + 30, elements)


def _x(ms: float) -> float:
    """What was over at once, or before, stands at the left edge."""
    part = math.log(min(_TO, max(_FROM, ms)) / _FROM) / math.log(_TO / _FROM)
    return _LEFT + part * _WIDTH


def _axis(bottom: float) -> list[str]:
    marks = (10, 30, 100, 300, 1000, 3000, 10_000)
    lines = [svg.line(_x(ms), _TOP - 14, _x(ms), bottom, dash="2 4") for ms in marks]
    words = ("≤ 10 ms", *(f"{ms:,} ms" for ms in marks[1:]))
    return [*lines, *(svg.tick(_x(ms), bottom + 14, text) for ms, text in zip(marks, words, strict=True))]


def _row(name: str, found: Found, y: float) -> list[str]:
    joins = found.joins[name]
    gone = [svg.dot(_x(join.gone_ms), y, fill=_GONE) for join in joins]
    silent = [svg.dot(_x(join.silent_ms), y, fill=_SILENT) for join in joins]
    return [svg.text(_LEFT - 14, y + 4, name, anchor="end"), *gone, *silent]
