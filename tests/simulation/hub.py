"""Virtual time: what comes next, and processes that can be paused or die between any two of their steps."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from typing import Any

from greenlet import greenlet
from msgspec import Struct

from lambda_api.escalations.errors import EscalationError, UnavailableError
from tests.unit.lambda_api.domain.fakes import START, FakeClock

_SECOND = 1_000_000  # of a timedelta's own whole units: it takes longer to cut up a fraction of one


class DiedError(BaseException):
    """The process is gone in the middle of its work: no handler of the domain's may catch this."""


@dataclass
class VirtualClock(FakeClock):
    """The hub's time, as the domain asks for it: of most moments either never or again and again."""

    seconds: float = 0.0
    told: float = 0.0

    def read(self) -> datetime:
        if self.told != self.seconds:
            self.told, self.now = self.seconds, START + timedelta(0, 0, round(self.seconds * _SECOND))
        return self.now

    __call__ = read  # whoever asks very often takes the method: calling an object takes longer


class Process(Struct):
    """One run of one of our functions; `sight` is when it last saw who is in the room."""

    name: str
    about: Any
    began: float
    limit: float
    then: Callable[..., object] | None  # gets the answer
    sight: float = 0.0
    writes: int = 0


class Answer(Struct, frozen=True):
    """What a process answered; neither value nor error when it died."""

    process: Process
    ended: float
    value: Any = None
    error: EscalationError | None = None
    died: bool = False
    unknown: bool = False  # what became of it: whoever asked has to ask again


Outcome = Callable[[Process, Callable[[], object]], Answer]

_STACKS: list[greenlet] = []  # free ones, of all universes: a new one costs more than most processes


def _stack() -> greenlet:
    """Runs one process after another, each until it is over."""

    def run(outcome: Outcome, process: Process, work: Callable[[], object]) -> None:
        while parent := greenlet.getcurrent().parent:
            outcome, process, work = parent.switch(outcome(process, work))

    return greenlet(run)


class Hub:
    def __init__(self, clock: VirtualClock) -> None:
        self.now = 0.0
        self.current: Process | None = None
        self.may_pause: Callable[[], bool] = lambda: True  # a stack of its own costs more than most processes
        self.answers: list[Answer] = []
        self.named: defaultdict[str, list[Answer]] = defaultdict(list)  # by the name of their process
        self.clock = clock
        self._heap: list[tuple[float, int, Callable[[], object]]] = []
        self._order = 0

    def after(self, seconds: float, act: Callable[[], object]) -> None:
        self._order += 1
        heappush(self._heap, (self.now + seconds, self._order, act))

    @property
    def expects(self) -> bool:
        """Whether anything is going to happen by itself."""
        return bool(self._heap)

    def run(self, *, until: float) -> None:
        heap, clock = self._heap, self.clock
        while heap and heap[0][0] <= until:
            at, _, act = heappop(heap)
            self.now = clock.seconds = at
            act()

    def spawn(
        self,
        name: str,
        work: Callable[[], object],
        *,
        limit: float,
        about: Any = None,
        then: Callable[[Answer], object] | None = None,
    ) -> None:
        """Run a use case as a process; `then` gets what it answered, at the time when it does."""
        process = Process(name, about, self.now, limit, then)
        if self.may_pause():
            stack = _STACKS.pop() if _STACKS else _stack()
            return self._enter(process, stack, self._outcome, process, work)
        self.current = process
        return self._answered(self._outcome(process, work))

    def can_pause(self) -> bool:
        return greenlet.getcurrent().parent is not None

    def pause(self, seconds: float) -> None:
        """Let everybody else go on meanwhile; a function that takes longer than its limit is ended."""
        process, here = self.current, greenlet.getcurrent()
        assert process
        assert here.parent
        left = process.began + process.limit - self.now
        self.after(min(seconds, left), partial(self._enter, process, here))
        self.current = None
        here.parent.switch()
        if seconds >= left:
            raise DiedError

    def _enter(self, process: Process, where: greenlet, *begins: Any) -> None:
        self.current = process
        answer = where.switch(*begins)
        if answer:  # it is over, and not just pausing
            _STACKS.append(where)
            self._answered(answer)

    def _answered(self, answer: Answer) -> None:
        """Out of the process, which is over: what its answer begins goes on beside it, not inside."""
        self.current = None
        self.answers.append(answer)
        process = answer.process
        self.named[process.name].append(answer)
        then, process.then = process.then, None
        if then:
            then(answer)

    def _outcome(self, process: Process, work: Callable[[], object]) -> Answer:
        try:
            value = work()
        except DiedError:
            return Answer(process, self.now, died=True, unknown=True)
        except EscalationError as error:
            error.__cause__ = error.__context__ = None  # with all the frames that they hold on to
            unknown = isinstance(error, UnavailableError)
            return Answer(process, self.now, error=error.with_traceback(None), unknown=unknown)
        return Answer(process, self.now, value)
