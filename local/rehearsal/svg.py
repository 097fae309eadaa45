"""The few SVG elements of the timeline picture, and labels that make room for one another."""

from collections.abc import Iterable
from html import escape

INK, FAINT = "#1f2933", "#9aa5b1"
_LETTER_PX = 6.1


def text(x: float, y: float, words: str, *, size: int = 11, fill: str = INK, anchor: str = "start") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    # The white rim keeps words readable where a line runs through them.
    rim = 'stroke="#fff" stroke-width="3" paint-order="stroke"'
    return f'<text {place} font-size="{size}" fill="{fill}" {rim}>{escape(words)}</text>'


def tick(x: float, y: float, words: str) -> str:
    return text(x, y, words, size=9, fill=FAINT, anchor="middle")


def line(x1: float, y1: float, x2: float, y2: float, *, stroke: str = FAINT, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}"{dashed}/>'


def box(x: float, y: float, *, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="3" fill="{fill}"/>'


def dot(x: float, y: float, *, fill: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{fill}" stroke="#fff"/>'


def envelope(points: Iterable[tuple[float, float]], *, middle: float, fill: str) -> str:
    """A curve mirrored at its middle line, as sound editors draw it; points are (x, half height)."""
    found = list(points)
    if not found:
        return ""
    above = [f"{x:.1f},{middle - half:.1f}" for x, half in found]
    below = [f"{x:.1f},{middle + half:.1f}" for x, half in reversed(found)]
    return f'<polygon points="{" ".join([*above, *below])}" fill="{fill}"/>'


def document(width: float, height: float, elements: Iterable[str]) -> str:
    size = f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    font = 'font-family="Inter, Helvetica, Arial, sans-serif"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {font}>'
    page = '<rect width="100%" height="100%" fill="#fff"/>'
    return "\n".join([head, page, *elements, "</svg>", ""])


def width_of(words: str) -> float:
    return len(words) * _LETTER_PX


def rows(labels: Iterable[tuple[float, str]]) -> list[int]:
    """The row for each label (ordered by x) in which it overlaps none before it."""
    ends: list[float] = []
    chosen = []
    for x, words in labels:
        free = next((row for row, end in enumerate(ends) if end <= x), len(ends))
        ends[free : free + 1] = [x + width_of(words) + 10]
        chosen.append(free)
    return chosen
