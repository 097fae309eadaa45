"""The people on the roster, each with a telephone and a browser, and what they do with a link."""

from dataclasses import dataclass, field
from functools import partial

from lambda_api.escalations import answering, claiming, finishing, handing
from lambda_api.escalations.models import Disposition
from lambda_api.escalations.places import Seat
from tests.simulation.asking import Asking
from tests.simulation.hub import Answer
from tests.simulation.livekit import LiveKit
from tests.simulation.script import Human

TOKEN_LIVES = 60.0
NOTICED_AFTER = 20.0  # how long LiveKit takes to see that a connection is gone


@dataclass(kw_only=True)
class Person:
    name: str
    human: Human
    asking: Asking
    rooms: LiveKit
    code: str = ""
    identity: str = ""
    sid: str = ""
    inside: bool = False
    read: set[str] = field(default_factory=set)

    def ring(self, text: str) -> None:
        """Whoever is in a call, or has read this text, does nothing about it."""
        code = text.rpartition("/j/")[2] if "/j/" in text else ""
        if code and "call back" not in text and code not in self.read and not self.inside:
            self.read.add(code)
            self.asking.hub.after(self.human.reads_after, partial(self.open_link, code))

    def open_link(self, code: str) -> None:
        self.code = code
        for _ in range(self.human.looks):
            self.asking.ask("view", partial(claiming.view, self.asking.ports, code), about=code, tries=1)
        acts = {"claims": self.press, "eta": self._say_eta, "declines": self._decline}
        if self.human.says in acts:
            self.asking.hub.after(0.3, acts[self.human.says])

    def press(self) -> None:
        self._press(f"browser of {self.name}", self._seated)
        if self.human.presses_twice:
            self._press(f"browser of {self.name}", self._seated)
        if self.human.forwards:
            self._press("somebody else's browser", lambda _: None)

    def _press(self, browser: str, then: object) -> None:
        work = partial(claiming.claim, self.asking.ports, self.code, browser)
        self.asking.ask("claim", work, about=(self.code, self.name, browser), then=then)  # type: ignore[arg-type]

    def _say_eta(self) -> None:
        browser = f"browser of {self.name}"
        work = partial(answering.eta, self.asking.ports, self.code, 1, browser)
        self.asking.ask("eta", work, about=self.name)
        self.asking.hub.after(20, self.press)

    def _decline(self) -> None:
        self.asking.ask("decline", partial(answering.decline, self.asking.ports, self.code), about=self.name)

    def _seated(self, answer: Answer) -> None:
        if isinstance(answer.value, Seat) and self.human.joins_after < TOKEN_LIVES:
            self.asking.hub.after(self.human.joins_after, partial(self._join, answer.value.identity))

    def _join(self, identity: str) -> None:
        """Pressing twice gave two names; the later one takes the earlier one's place in the browser."""
        if self.inside:
            self.rooms.leave(self.identity, "CLIENT_INITIATED")
        self.identity, self.inside = identity, True
        self.sid = self.rooms.enter(identity, heard=self.human.heard_after == 0)
        if 0 < self.human.heard_after < self.human.stays:
            self.asking.hub.after(self.human.heard_after, partial(self.rooms.unmute, identity, self.sid))
        if self.human.ends != "stays":
            self.asking.hub.after(self.human.stays, partial(self._end, self.sid))

    def informed(self, identity: str, now: str) -> None:
        if identity == self.identity and now == "out":
            self.inside = False

    def _end(self, sid: str) -> None:
        if not self.inside or sid != self.sid:
            return
        ways = {"hands_back": self._hand_back, "completes": self._complete, "drops": self._drop}
        ways.get(self.human.ends, self._leave)()

    def _leave(self) -> None:
        if self.inside:
            self.rooms.leave(self.identity, "CLIENT_INITIATED")

    def _hand_back(self) -> None:
        browser = f"browser of {self.name}"
        work = partial(handing.hand_back, self.asking.ports, code=self.code, browser=browser)
        self.asking.ask("hand_back", work)

    def _complete(self) -> None:
        work = partial(
            finishing.complete,
            self.asking.ports,
            self.code,
            f"browser of {self.name}",
            Disposition.RESOLVED,
        )
        self.asking.ask("complete", work)
        self.asking.hub.after(1, self._leave)

    def _drop(self) -> None:
        self.inside = False
        self.asking.hub.after(NOTICED_AFTER, partial(self.rooms.leave, self.identity, "CONNECTION_TIMEOUT"))
        if self.human.returns_after:
            self.asking.hub.after(self.human.returns_after, self._return)

    def _return(self) -> None:
        """By the same link, once: whoever comes back stays."""
        if not self.inside:
            self.human = Human(says="claims", joins_after=0.5, ends="stays")
            self.press()
