"""One universe: a room with its caller, the AI, the people on the roster and what is ours between them."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from random import Random

from msgspec.structs import replace

from lambda_api.escalations import hooks, names, seating
from lambda_api.escalations.models import HumanAgent, Reason, Role
from tests.simulation.caller import Caller
from tests.simulation.faults import Fault
from tests.simulation.history import History
from tests.simulation.hub import Answer
from tests.simulation.livekit import CALLER, ROOM
from tests.simulation.people import Person
from tests.simulation.script import Human, Script
from tests.simulation.surroundings import Actors, Surroundings
from tests.simulation.worker import Worker

SWEEP = 60.0
LONGEST = 3600.0
FIRST_PERSON = 100  # of the telephone numbers
MOST_WORKERS = 4  # that ask for a person


class SeededSecrets:
    """In place of the operating system's randomness, so that a seed brings the same names again."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng

    def randbits(self, count: int) -> int:
        return self._rng.getrandbits(count)

    def token_hex(self, count: int) -> str:
        return f"{self._rng.getrandbits(count * 8):0{count * 2}x}"


class Universe:
    def __init__(
        self, script: Script, *, rng: Random, steps: Iterator[int], fault: Fault | None = None
    ) -> None:
        self.script, self.rng = script, rng
        actors = Actors(self._inform, self._ring, self._called)
        around = Surroundings(script, rng=self.rng, steps=steps, fault=fault, people=actors)
        self.hub, self.history, self.steps = around.hub, around.history, around.steps
        self.store, self.rooms, self.queue = around.world.store, around.rooms, around.queue
        self.world, self.asking = around.world, around.asking
        self.workers: list[Worker] = []
        self.caller = Caller(
            script=script, asking=self.asking, rooms=self.rooms, agent_comes=self._agent_comes
        )
        self.people = [
            self._person(number, human) for number, human in enumerate(script.people, FIRST_PERSON)
        ]

    def run(self) -> History:
        module = vars(names)
        systems, module["secrets"] = module["secrets"], SeededSecrets(self.rng)
        try:
            self._begin()
            self.hub.run(until=LONGEST)
        finally:
            module["secrets"] = systems
        self.history.answers, self.history.named = self.hub.answers, self.hub.named
        self.history.ended = self.hub.now
        return self.history

    def forget(self) -> None:
        """A universe is one knot of references: cut here, all of it goes at once, uncollected."""
        for part in (self.hub, self.rooms, self.queue, self):
            vars(part).clear()

    def _begin(self) -> None:
        if self.script.hook:
            hooks.put(self.world.ports, "desk", url="https://desk.example/")
        if self.script.seated:
            seat = partial(seating.create_seat, self.asking.ports, ROOM, role=Role.CALLER, identity=CALLER)
            self.hub.spawn("seat", seat, limit=10)
        self.rooms.enter(CALLER, heard=True)
        self._new_worker().come()
        self.hub.after(SWEEP * self.rng.random(), self._sweep)
        for at, act in (*self._course(self.workers[0]), *self._outages()):
            self.hub.after(at, act)

    def _course(self, worker: Worker) -> list[tuple[float, Callable[[], object]]]:
        """What happens by itself; what has no time does not."""
        script = self.script
        mixed_up = script.asks_after + 5 if script.mixes_up_keys else 0
        course: list[tuple[float, Callable[[], object]]] = [
            (script.asks_after, partial(worker.want, key="key-0", times=script.asks)),
            (mixed_up, partial(worker.want, key="key-0", reason=Reason.OTHER)),
            (script.caller_stays, self.caller.go),
            (script.changes_mind_after, lambda: self.caller.change_mind(self.workers[-1].escalation_id)),
            (script.guest_after, self._guest_comes),
        ]
        return [(at, act) for at, act in course if at]

    def _outages(self) -> Iterator[tuple[float, Callable[[], object]]]:
        for part, begin, length in self.script.outages:
            yield begin, partial(self._set, part, down=True)
            yield begin + length, partial(self._set, part, down=False)

    def _set(self, part: str, *, down: bool) -> None:
        self.history.disturbed(self.hub.now, f"{part} {'down' if down else 'up'}")
        getattr(self.world, part).down = down

    def _inform(self, identity: str, now: str) -> None:
        for worker in self.workers:
            worker.informed(identity, now)
        for person in self.people:
            person.informed(identity, now)

    def _ring(self, phone: str, text: str) -> None:
        self.people[int(phone[-3:]) - FIRST_PERSON].ring(text)

    def _called(self, metadata: Mapping[str, object]) -> None:
        """An agent that is called comes, unless it was called off; what it is told, it knows."""
        del metadata
        self.hub.after(0.3 + self.rng.random() * 2, self._agent_comes)

    def _agent_comes(self) -> None:
        if self.rooms.pending_until and self.rooms.there.get(ROOM):
            self.rooms.pending_until = 0
            self._new_worker().come()
            if self.script.asks_again_after and len(self.workers) < MOST_WORKERS:
                wants = partial(self.workers[-1].want, key=f"key-{len(self.workers)}")
                self.hub.after(self.script.asks_again_after, wants)

    def _new_worker(self) -> Worker:
        identity = f"agent-{len(self.workers) + 1}"
        script = self.script if not self.workers else replace(self.script, agent_dies_after=0)
        worker = Worker(identity=identity, asking=self.asking, rooms=self.rooms, script=script)
        self.workers.append(worker)
        return worker

    def _guest_comes(self) -> None:
        work = partial(seating.create_seat, self.asking.ports, ROOM, role=Role.HUMAN_AGENT, name="Guest")
        self.asking.ask("seat", work, then=self._guest_seated)

    def _guest_seated(self, answer: Answer) -> None:
        if answer.value:
            human, code = Human(joins_after=0.5, stays=20), answer.value.code
            guest = Person(name="guest", human=human, asking=self.asking, rooms=self.rooms, code=code)
            self.people.append(guest)
            guest.press()

    def _sweep(self) -> None:
        """Every minute, until nothing is going to happen any more and nothing is left to do."""
        self.queue.sweep()
        if self.hub.expects or self.store.open_ids() or self.store.items or self.store.watches:
            self.hub.after(SWEEP, self._sweep)

    def _person(self, number: int, human: Human) -> Person:
        name, tier = f"p{number}", min(number - FIRST_PERSON + 1, 2)
        self.store.put_person(HumanAgent(id=name, name=name, tier=tier, phone=f"+15005550{number}"))
        return Person(name=name, human=human, asking=self.asking, rooms=self.rooms)
