"""What is on its way: webhooks that LiveKit repeats, looks that the queue repeats, texts to telephones."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from random import Random

from lambda_api.escalations import looking, presence
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.rooms import RoomEvent
from tests.simulation.faults import Steps
from tests.simulation.history import History, Sent
from tests.simulation.hub import Answer, Hub
from tests.unit.lambda_api.domain.fakes import FakeNotifier, FakeTimers

TRIES = 5  # of LiveKit for one event, and of the queue for one message
VISIBLE_AGAIN = 180.0
WEBHOOK_LIMIT = 10.0
TIMER_LIMIT = 30.0


@dataclass(kw_only=True)
class Wires:
    """Noise loses, delays or doubles a message; otherwise those of one kind keep their order."""

    hub: Hub
    history: History
    rng: Random
    noise: float

    def send(self, what: str, seconds: float, deliver: Callable[[], object]) -> None:
        if not self.noise or self.rng.random() >= self.noise:
            return self.hub.after(seconds, deliver)
        how = self.rng.choice(("lost", "late", "doubled"))
        self.history.disturbed(self.hub.now, f"{what} {how}")
        if how == "doubled":
            self.hub.after(seconds, deliver)
        if how != "lost":
            late = self.rng.random() * 20
            self.hub.after(seconds + late, deliver)
            self.history.disturbed(self.hub.now + late, f"{what} comes {how}")
        return None


@dataclass(kw_only=True)
class Webhooks:
    wires: Wires
    cut: bool
    ports: Ports = field(init=False)

    def tell(self, event: RoomEvent) -> None:
        if not self.cut:
            self.wires.send("webhook", 0.02, partial(self._deliver, event, 1))

    def _deliver(self, event: RoomEvent, attempt: int) -> None:
        work, then = partial(presence.apply, self.ports, event), partial(self._answered, event, attempt)
        self.wires.hub.spawn("webhook", work, limit=WEBHOOK_LIMIT, about=event, then=then)

    def _answered(self, event: RoomEvent, attempt: int, answer: Answer) -> None:
        if answer.unknown and attempt < TRIES:
            self.wires.history.disturbed(self.wires.hub.now, "webhook again")
            self.wires.hub.after(2.0 ** (attempt - 1), partial(self._deliver, event, attempt + 1))


@dataclass(kw_only=True)
class Queue(FakeTimers):
    """At least once: a look that fails comes again much later, for a few times."""

    wires: Wires
    steps: Steps
    ports: Ports = field(init=False)

    def look_later(self, escalation_id: str, *, delay_s: int, chain: bool) -> None:
        super().look_later(escalation_id, delay_s=delay_s, chain=chain)
        if not self.steps.losing:
            self.wires.send("look", delay_s + 0.02, partial(self._deliver, escalation_id, chain, 1))

    def sweep(self) -> None:
        self.wires.hub.spawn("sweep", partial(looking.sweep, self.ports), limit=TIMER_LIMIT)

    def _deliver(self, escalation_id: str, chain: bool, attempt: int) -> None:
        work = partial(looking.look, self.ports, escalation_id, chain=chain)
        then = partial(self._answered, escalation_id, chain, attempt)
        self.wires.hub.spawn("look", work, limit=TIMER_LIMIT, about=escalation_id, then=then)

    def _answered(self, escalation_id: str, chain: bool, attempt: int, answer: Answer) -> None:
        if (answer.died or answer.error) and attempt < TRIES:
            again = partial(self._deliver, escalation_id, chain, attempt + 1)
            self.wires.hub.after(VISIBLE_AGAIN, again)


@dataclass(kw_only=True)
class Telephones(FakeNotifier):
    wires: Wires
    steps: Steps
    ring: Callable[[str, str], None]

    def sms(self, *, phone: str, text: str, trace: str = "") -> None:
        super().sms(phone=phone, text=text, trace=trace)
        self.wires.history.sends.append(Sent(self.wires.hub.now, phone, text))
        if not self.steps.losing:
            self.wires.send("text", 0.5, partial(self.ring, phone, text))
