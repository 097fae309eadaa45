"""Everything of ours and of the world's between the people of a universe, with each port passed through."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from random import Random
from typing import Any, Final

from msgspec.structs import replace

from lambda_api.escalations.policy import CODE_CHARS, Policy
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Change
from tests.simulation.asking import Asking
from tests.simulation.crossing import crossing
from tests.simulation.faults import Fault, Plan, Steps
from tests.simulation.history import Committed, History
from tests.simulation.hub import Hub, VirtualClock
from tests.simulation.livekit import LiveKit
from tests.simulation.script import Script
from tests.simulation.wires import Queue, Telephones, Webhooks, Wires
from tests.unit.lambda_api.domain.fakes import FakeHooks, MemoryStore, World

_POLICY: Final = Policy()


class QuickCodes:
    """Another code for each link, as from the real ones, whose HMAC takes longer than most of our steps."""

    def derive(self, escalation_id: str, human_agent_id: str, number: int) -> str:
        told = f"{escalation_id}:{human_agent_id}:{number}".encode()
        return blake2b(told, digest_size=CODE_CHARS // 2).hexdigest()


@dataclass(kw_only=True)
class Table(MemoryStore):
    hub: Hub
    history: History

    def commit(self, change: Change) -> None:
        MemoryStore.commit(self, change)
        process = self.hub.current
        assert process
        self.history.commits.append(Committed(self.hub.now, process, change))


class Surroundings:
    def __init__(
        self, script: Script, *, rng: Random, steps: Iterator[int], fault: Fault | None, people: "Actors"
    ) -> None:
        clock = VirtualClock()
        self.hub, self.history = Hub(clock), History()
        self.steps = Steps(self.hub, Plan(steps, rng, fault=fault), self.history)
        wires = Wires(hub=self.hub, history=self.history, rng=rng, noise=script.noise)
        webhooks = Webhooks(wires=wires, cut=script.webhooks_are_cut)
        self.queue = Queue(wires=wires, steps=self.steps)
        self.rooms = LiveKit(
            hub=self.hub,
            history=self.history,
            tell=webhooks.tell,
            inform=people.inform,
            call_agent=people.called,
        )
        self.world = World(
            store=Table(hub=self.hub, history=self.history),
            notifier=Telephones(wires=wires, steps=self.steps, ring=people.ring),
            timers=self.queue,
            rooms=self.rooms,
            hooks=FakeHooks(),
            clock=clock,
            policy=_POLICY,
        )
        self.ports = self._crossed(self.world.ports)
        self.asking = Asking(hub=self.hub, history=self.history)
        self.asking.ports = webhooks.ports = self.queue.ports = self.ports

    def _crossed(self, ports: Ports) -> Ports:
        return replace(
            ports,
            clock=self.hub.clock.read,
            store=self._cross(ports.store, "store"),
            notifier=self._cross(ports.notifier, "notifier"),
            timers=self._cross(ports.timers, "timers"),
            rooms=self._cross(ports.rooms, "rooms"),
            hooks=self._cross(ports.hooks, "hooks"),
            together=lambda act, items: tuple(map(act, items)),
            codes=QuickCodes(),
        )

    def _cross(self, port: Any, name: str) -> Any:
        return crossing(port.__class__)(port, name, self.steps, self.hub)


@dataclass(frozen=True, slots=True)
class Actors:
    """Whom the world reaches: those in the room, whoever has a telephone, and an agent that is called."""

    inform: Callable[[str, str], None]
    ring: Callable[[str, str], None]
    called: Callable[[Mapping[str, object]], None]
