"""A history told in the order of its time, for whoever wants to know how it came to a violation."""

from collections.abc import Iterator

from tests.simulation.history import History
from tests.simulation.hub import Answer


def story(history: History) -> Iterator[str]:
    lines = [*_ours(history), *_theirs(history)]
    for at, line in sorted(lines, key=lambda one: one[0]):
        yield f"{at:8.2f}  {line}"


def _ours(history: History) -> Iterator[tuple[float, str]]:
    for one in history.commits:
        row, last = one.change.escalation, one.change.escalation.timeline[-1]
        yield one.at, f"{one.process.name} writes {row.id[-4:]} {last.change} {last.cause} {last.reason}"
    for order in history.orders:
        yield order.at, f"LiveKit is asked to {order.what} {order.whom}"
    for at, kind, row_id in history.nudges:
        yield at, f"nudge {kind} {row_id[-4:]}"
    yield from ((answer.ended, line) for answer in history.answers if (line := _answered(answer)))


def _answered(answer: Answer) -> str:
    """Looks that go well are too many to tell."""
    if answer.died or answer.error:
        return f"{answer.process.name} {'died' if answer.died else repr(answer.error)}"
    return "" if answer.process.name in ("look", "sweep", "view") else f"{answer.process.name} done"


def _theirs(history: History) -> Iterator[tuple[float, str]]:
    for move in history.moves:
        yield move.at, f"{move.identity} {move.sid} is {move.now} {move.why}"
    for sent in history.sends:
        yield sent.at, f"{sent.phone}: {sent.text}"
    for at, what in history.faults:
        yield at, f"!! {what}"
