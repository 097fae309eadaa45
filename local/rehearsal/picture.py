"""The timeline as a picture: a lane each for caller, AI, human agent and API; the handoff enlarged."""

from collections.abc import Iterator
from dataclasses import dataclass

from local.rehearsal import svg
from local.rehearsal.hearsay import Hearsay
from local.rehearsal.loudness import SILENCE_DBFS, Loudness
from local.rehearsal.messages import Moment
from local.rehearsal.timeline import STEPS

_WIDTH, _LEFT, _RIGHT, _TOP = 1240.0, 110.0, 24.0, 46.0
_WAVE, _ROW, _GAP = 34.0, 15.0, 16.0
_LOUDEST_DBFS = -10.0
_PIXEL = 1.0
_VISIBLE = 8.0
LANES = {"caller": "#2f6fde", "ai": "#7a4fd0", "human": "#1c8a5a", "api": "#c2571a"}
_TITLES = {"caller": "caller", "ai": "AI", "human": "human agent", "api": "API"}


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time and how it lies on the page."""

    began: float
    ended: float
    zero: float

    def x(self, at: float) -> float:
        return _LEFT + (at - self.began) / (self.ended - self.began) * (_WIDTH - _LEFT - _RIGHT)

    def holds(self, at: float) -> bool:
        return self.began <= at <= self.ended


def draw(hearsay: Hearsay) -> str:
    zero = hearsay.timeline.at("caller_joined")
    if zero is None:
        return svg.document(_WIDTH, 60, [svg.text(20, 35, "the caller did not join")])
    last = max(moment.at for moment in hearsay.timeline.moments.values())
    elements = [svg.text(20, 26, "One handoff: who was heard when, and what happened", size=16)]
    bottom, whole = _panel(hearsay, Window(zero - 0.3, last + 2.5, zero), top=_TOP)
    elements += whole
    if window := _handoff(hearsay, zero):
        elements.append(svg.text(20, bottom + 40, "The moment of the handoff, enlarged", size=14))
        bottom, enlarged = _panel(hearsay, window, top=bottom + 56)
        elements += enlarged
    return svg.document(_WIDTH, bottom + 14, elements)


def _handoff(hearsay: Hearsay, zero: float) -> Window | None:
    active, left = hearsay.timeline.at("human_active"), hearsay.timeline.at("ai_left")
    return Window(active - 1.0, left + 0.6, zero) if active is not None and left is not None else None


def _panel(hearsay: Hearsay, window: Window, *, top: float) -> tuple[float, list[str]]:
    """The panel's elements and where it ends."""
    elements: list[str] = []
    y = top
    for lane, colour in LANES.items():
        bottom, drawn = _lane(hearsay, window, lane, colour, y)
        elements += drawn
        y = bottom + _GAP
    return y + 4, [*_axis(window, top, y), *_band(hearsay, window, top, y), *elements]


def _band(hearsay: Hearsay, window: Window, top: float, bottom: float) -> list[str]:
    """How long the AI could still be heard beside a human agent, where that is wide enough to see."""
    active, silent = hearsay.timeline.at("human_active"), hearsay.timeline.at("ai_silent")
    if active is None or silent is None or window.x(silent) - window.x(active) < _VISIBLE:
        return []
    x, width = window.x(active), window.x(silent) - window.x(active)
    words = f"{(silent - active) * 1000:.0f} ms from heard to silent"
    band = svg.box(x, top - 6, width=width, height=bottom - top - 2, fill="#f3e8ff")
    return [band, svg.text(x + width / 2, top - 8, words, size=10, anchor="middle")]


def _lane(hearsay: Hearsay, window: Window, lane: str, colour: str, top: float) -> tuple[float, list[str]]:
    wave = 0.0 if lane == "api" else _WAVE
    middle = top + wave / 2
    elements = [svg.text(20, middle + 4 if wave else top + 12, _TITLES[lane], size=12, fill=colour)]
    elements += [svg.line(_LEFT, middle, _WIDTH - _RIGHT, middle)] if wave else []
    elements += [svg.envelope(each, middle=middle, fill=colour) for each in _waves(hearsay, window, lane)]
    moments = sorted(_moments(hearsay, window, lane), key=lambda moment: moment.at)
    labels = [(window.x(moment.at), _label(moment, window)) for moment in moments]
    placed = svg.rows(labels)
    for (x, words), row in zip(labels, placed, strict=True):
        elements += _mark(x, top + wave + 12 + row * _ROW, words, from_y=top, colour=colour)
    return top + wave + 6 + _ROW * (1 + max(placed, default=0)), elements


def _mark(x: float, y: float, words: str, *, from_y: float, colour: str) -> list[str]:
    stem = svg.line(x, from_y, x, y - 4, stroke=colour, dash="2 2")
    fits = x + svg.width_of(words) < _WIDTH - _RIGHT
    label = svg.text(x + 6, y, words, size=10) if fits else svg.text(x - 6, y, words, size=10, anchor="end")
    return [stem, svg.dot(x, y - 4, fill=colour), label]


def _label(moment: Moment, window: Window) -> str:
    return f"{moment.step} {moment.at - window.zero:.2f}"


def _moments(hearsay: Hearsay, window: Window, lane: str) -> Iterator[Moment]:
    for step, actor in STEPS.items():
        moment = hearsay.timeline.moments.get(step)
        if moment and window.holds(moment.at) and actor.split("+")[0] == lane:
            yield moment


def _waves(hearsay: Hearsay, window: Window, lane: str) -> Iterator[list[tuple[float, float]]]:
    ear = "human" if lane == "caller" else "caller"
    # Before a human agent is there nobody but the AI hears the caller, so its lane shows what left the mouth.
    if lane == "caller":
        for said in hearsay.said["caller"]:
            yield _curve(Loudness(list(said.at), list(said.dbfs)), window)
    else:
        yield _curve(hearsay.heard[(ear, lane)], window)


def _curve(loudness: Loudness, window: Window) -> list[tuple[float, float]]:
    """One point a pixel: the loudest of its frames."""
    heights: dict[int, float] = {}
    for at, level in zip(loudness.at, loudness.level, strict=True):
        if window.holds(at):
            pixel = int(window.x(at) / _PIXEL)
            heights[pixel] = max(heights.get(pixel, 0.0), _half(level))
    return [(pixel * _PIXEL, half) for pixel, half in sorted(heights.items())]


def _half(level: float) -> float:
    share = (level - SILENCE_DBFS) / (_LOUDEST_DBFS - SILENCE_DBFS)
    return min(1.0, max(0.0, share)) * _WAVE / 2


def _axis(window: Window, top: float, bottom: float) -> list[str]:
    length = window.ended - window.began
    every = next(each for each in (0.1, 0.25, 0.5, 1, 2, 5, 10, 30) if length / each <= 20 or each == 30)
    first = -int((window.zero - window.began) / every) if window.began <= window.zero else None
    start = first if first is not None else int((window.began - window.zero) / every) + 1
    elements = []
    at = window.zero + start * every
    while at <= window.ended:
        x = window.x(at)
        elements.append(svg.line(x, top - 6, x, bottom - 8, stroke="#e4e7eb"))
        elements.append(svg.tick(x, bottom + 2, f"{at - window.zero:.4g} s"))
        at += every
    return elements
