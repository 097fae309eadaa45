"""What is on its way: webhooks that LiveKit repeats, looks that the queue repeats, texts to telephones."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from random import Random

from msgspec import Struct

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
            self.wires.send("webhook", 0.02, Webhook(self, event).deliver)


class Webhook(Struct):
    """One event on its way; the methods of one object are made sooner than what holds on to arguments."""

    webhooks: Webhooks
    event: RoomEvent
    attempt: int = 1

    def deliver(self) -> None:
        hub = self.webhooks.wires.hub
        hub.spawn("webhook", self.apply, limit=WEBHOOK_LIMIT, about=self.event, then=self.answered)

    def apply(self) -> None:
        presence.apply(self.webhooks.ports, self.event)

    def answered(self, answer: Answer) -> None:
        if answer.unknown and self.attempt < TRIES:
            wires, again = self.webhooks.wires, Webhook(self.webhooks, self.event, self.attempt + 1)
            wires.history.disturbed(wires.hub.now, "webhook again")
            wires.hub.after(2.0 ** (self.attempt - 1), again.deliver)


@dataclass(kw_only=True)
class Queue(FakeTimers):
    """At least once: a look that fails comes again much later, for a few times."""

    wires: Wires
    steps: Steps
    ports: Ports = field(init=False)

    def look_later(self, escalation_id: str, *, delay_s: int, chain: bool) -> None:
        FakeTimers.look_later(self, escalation_id, delay_s=delay_s, chain=chain)
        if not self.steps.losing:
            self.wires.send("look", delay_s + 0.02, Look(self, escalation_id, chain).deliver)

    def sweep(self) -> None:
        self.wires.hub.spawn("sweep", partial(looking.sweep, self.ports), limit=TIMER_LIMIT)


class Look(Struct):
    """One message of the queue."""

    queue: Queue
    escalation_id: str
    chain: bool
    attempt: int = 1

    def deliver(self) -> None:
        hub = self.queue.wires.hub
        hub.spawn("look", self.look, limit=TIMER_LIMIT, about=self.escalation_id, then=self.answered)

    def look(self) -> None:
        looking.look(self.queue.ports, self.escalation_id, chain=self.chain)

    def answered(self, answer: Answer) -> None:
        if (answer.died or answer.error) and self.attempt < TRIES:
            again = Look(self.queue, self.escalation_id, self.chain, self.attempt + 1)
            self.queue.wires.hub.after(VISIBLE_AGAIN, again.deliver)


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
