"""What may go wrong at a step of a process, and when."""

from collections.abc import Callable, Iterator
from enum import Enum
from random import Random
from typing import Any, Final

from lambda_api.escalations.errors import UnavailableError
from tests.simulation.history import History
from tests.simulation.hub import DiedError, Hub


class Fault(Enum):
    DIES_BEFORE = "dies before"
    DIES_AFTER = "dies after"
    FAILS_BEFORE = "fails before"
    FAILS_AFTER = "fails after"  # the outcome is unknown to whoever asked
    SLOW_BEFORE = "slow before"
    SLOW_AFTER = "slow after"
    DOUBLED = "doubled"
    LOST = "lost"  # taken, and never delivered


_READ: Final = (Fault.DIES_BEFORE, Fault.FAILS_BEFORE, Fault.SLOW_BEFORE, Fault.SLOW_AFTER)
_ASKED_ONCE: Final = (*_READ, Fault.DIES_AFTER, Fault.FAILS_AFTER)
_WRITE: Final = (*_ASKED_ONCE, Fault.DOUBLED)
_SEND: Final = (*_WRITE, Fault.LOST)
_READS: Final = frozenset(
    {
        "escalation",
        "grant",
        "grants",
        "hooks",
        "idempotency",
        "is_confirmed",
        "link",
        "missed_rooms",
        "open_ids",
        "outbox",
        "page",
        "participants",
        "people",
        "person",
        "pointer",
        "words",
    }
)
_KINDS: Final = {"dispatch_agent": _ASKED_ONCE} | dict.fromkeys(
    ("sms", "email", "look_later", "nudge", "post"), _SEND
)
SLOW: Final = (Fault.SLOW_BEFORE, Fault.SLOW_AFTER)
PAUSES: Final = (0.3, 1.5, 4.0, 8.0)
NEAR: Final = 40  # steps: of a quarter of a million processes none had more than 27

Meet = Callable[[Fault, str, Callable[[], Any]], Any]


def kinds(step: str) -> tuple[Fault, ...]:
    return _KINDS.get(step) or (_READ if step in _READS else _WRITE)


def is_read(step: str) -> bool:
    return step in _READS


class Plan:
    """The steps of a universe at which something goes wrong; what, is drawn there unless it is given."""

    def __init__(self, steps: Iterator[int], rng: Random, *, fault: Fault | None = None) -> None:
        self._steps = steps
        self._rng = rng
        self._fault = fault
        self.next = next(steps, 0)

    def draw(self, step: str) -> Fault | None:
        """None when what was given cannot happen at this step."""
        self.next = next(self._steps, 0)
        possible = kinds(step)
        if self._fault is None:
            return self._rng.choice(possible)
        return self._fault if self._fault in possible else None

    def pause(self) -> float:
        return self._rng.choice(PAUSES)


class Steps:
    """Counts all steps of a universe, and lets happen at each what the plan says."""

    def __init__(self, hub: Hub, plan: Plan, history: History) -> None:
        self.count = 0
        self.asked: set[str] = set()  # of the plan, what is to go wrong
        self.losing = False
        self.next = plan.next
        self._hub, self._plan, self._history = hub, plan, history
        hub.may_pause = self.near

    def near(self) -> bool:
        return 0 < self.next <= self.count + NEAR

    def stumble(self, port: str, step: str, call: Callable[[], Any]) -> Any:
        self.asked.add(step)
        fault = self._plan.draw(step)
        self.next = self._plan.next
        if fault is None or (fault in SLOW and not self._hub.can_pause()):
            return call()
        self._history.disturbed(self._hub.now, f"{port}.{step} {fault.value}")
        return self._meet(fault, port, call)

    def _meet(self, fault: Fault, port: str, call: Callable[[], Any]) -> Any:
        return _WAYS[fault](self, port, call)

    def _pause(self) -> float:
        seconds = self._plan.pause()
        self._hub.pause(seconds)
        self._history.disturbed(self._hub.now, "went on")
        return seconds

    def _lose(self, call: Callable[[], Any]) -> Any:
        self.losing = True
        try:
            return call()
        finally:
            self.losing = False


def _die(*_: Any) -> Any:
    raise DiedError


def _fail(port: str, *_: Any) -> Any:
    raise UnavailableError(port)


_WAYS: Final[dict[Fault, Callable[[Steps, str, Callable[[], Any]], Any]]] = {
    Fault.DIES_BEFORE: lambda _steps, _port, _call: _die(),
    Fault.DIES_AFTER: lambda _steps, _port, call: _die(call()),
    Fault.FAILS_BEFORE: lambda _steps, port, _call: _fail(port),
    Fault.FAILS_AFTER: lambda _steps, port, call: _fail(port, call()),
    Fault.SLOW_BEFORE: lambda steps, _port, call: (steps._pause(), call())[1],
    Fault.SLOW_AFTER: lambda steps, _port, call: (call(), steps._pause())[0],
    Fault.DOUBLED: lambda _steps, _port, call: (call(), call())[1],
    Fault.LOST: lambda steps, _port, call: steps._lose(call),
}
