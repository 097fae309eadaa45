"""One handover from the tool's call to the end, on a clock that is turned, and what it asks for."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any, Final

from lambda_api.adapters.dynamodb import DynamoStore
from lambda_api.escalations import claiming, finishing, leaving, looking, presence
from lambda_api.escalations.models import Disposition, HumanAgent, Reason
from lambda_api.escalations.opening import Request, open_escalation
from lambda_api.escalations.records import Words
from lambda_api.escalations.rooms import EventKind, RoomEvent
from tests.bench.cost.metered import MeteredTable
from tests.bench.load.stand_in.client import InProcess
from tests.unit.lambda_api.domain.fakes import START, FakeTimers, World

Due = tuple[float, int, Callable[[], None]]
_ROOM: Final = "r"
_CALLER: Final = "caller-1"
_AGENT: Final = "agent-1"
_TURNS: Final = (("caller", "My bill is wrong since March."), ("agent", "Let me see what I can do.")) * 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """Of one handover."""

    doors: Counter[str]
    texts: int
    messages: int
    reads: int
    writes: int
    bytes_stored: int


@dataclass(kw_only=True)
class Clockwork(FakeTimers):
    """Runs what is due as the clock comes to it."""

    world: World = field(init=False)
    due: list[Due] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)
    doors: Counter[str] = field(default_factory=Counter)

    def look_later(self, escalation_id: str, *, delay_s: int, chain: bool) -> None:
        super().look_later(escalation_id, delay_s=delay_s, chain=chain)
        look = partial(looking.look, self.world.ports, escalation_id, chain=chain)
        self.at(self._now() + delay_s, "timers", look)

    def at(self, seconds: float, door: str, act: Callable[[], object]) -> None:
        entry: Due = (seconds, next(self._order), partial(self._do, door, act))
        heapq.heappush(self.due, entry)

    def run(self) -> None:
        while self.due:
            seconds, _, act = heapq.heappop(self.due)
            self.world.clock.advance(max(0.0, seconds - self._now()))
            act()

    def _do(self, door: str, act: Callable[[], object]) -> None:
        self.doors[door] += 1
        act()

    def _now(self) -> float:
        return (self.world.clock.now - START).total_seconds()


def handed_over(*, until_claimed: float, with_a_person: float, people: int) -> Used:
    table = MeteredTable()
    store: Any = DynamoStore(client=InProcess(table), table_name="table")
    timers = Clockwork()
    world = timers.world = World(store=store, timers=timers)
    for number in range(people):
        store.put_person(HumanAgent(id=f"p{number}", name=f"Person {number}", phone=f"+1500555010{number}"))
    table.reads = table.writes = 0
    table.stored.clear()
    _Play(world, timers).schedule(until_claimed, with_a_person)
    timers.run()
    return Used(
        doors=timers.doors,
        texts=len(world.notifier.texts),
        messages=len(timers.queued),
        reads=table.reads,
        writes=table.writes,
        bytes_stored=sum(table.stored.values()),
    )


class _Play:
    def __init__(self, world: World, timers: Clockwork) -> None:
        self._world, self._timers = world, timers
        self._id = self._code = self._identity = ""
        for one in (_CALLER, _AGENT):
            world.rooms.add(one)

    def schedule(self, until_claimed: float, with_a_person: float) -> None:
        claimed, over = until_claimed, until_claimed + 5 + with_a_person
        for seconds, door, act in (
            (0.0, "open", self._open),
            (claimed - 2, "page", lambda: claiming.view(self._world.ports, self._code)),
            (claimed, "claim", self._claim),
            (claimed + 2, "webhooks", partial(self._tell, EventKind.PARTICIPANT_JOINED, heard=False)),
            (claimed + 3, "webhooks", partial(self._tell, EventKind.TRACK_PUBLISHED, heard=True)),
            (claimed + 5, "ai_left", self._ai_left),
            (over, "complete", self._complete),
            (over + 1, "webhooks", partial(self._leaves, self._human)),
            (over + 2, "webhooks", partial(self._leaves, lambda: _CALLER)),
            (over + 3, "webhooks", self._finished),
        ):
            self._timers.at(seconds, door, act)

    def _open(self) -> None:
        asked = Request(
            room=_ROOM,
            caller_identity=_CALLER,
            agent_identity=_AGENT,
            reason=Reason.CALLER_REQUEST,
            words=Words(summary="A wrong bill.", transcript=_TURNS),
        )
        opened = open_escalation(self._world.ports, asked, key_name="worker", idempotency_key="k")
        self._id = opened.escalation.id
        self._code = self._world.code(opened.escalation, "p0")

    def _claim(self) -> None:
        self._identity = claiming.claim(self._world.ports, self._code, "browser").identity

    def _tell(self, kind: EventKind, *, heard: bool) -> None:
        self._world.rooms.add(self._identity, sid="PA_h", heard=heard)
        event = RoomEvent(
            id=f"EV_{kind}", kind=kind, room=_ROOM, identity=self._identity, sid="PA_h", audio_heard=heard
        )
        presence.apply(self._world.ports, event)

    def _ai_left(self) -> None:
        self._world.rooms.drop(_AGENT)
        leaving.ai_left(
            self._world.ports, self._id, agent_identity=_AGENT, human_identity=self._identity, cause="room"
        )

    def _complete(self) -> None:
        finishing.complete(self._world.ports, self._code, "browser", Disposition.RESOLVED)

    def _human(self) -> str:
        return self._identity

    def _leaves(self, who: Callable[[], str]) -> None:
        identity = who()
        self._world.rooms.drop(identity)
        kind = EventKind.PARTICIPANT_LEFT
        presence.apply(
            self._world.ports,
            RoomEvent(id=f"EV_{identity}", kind=kind, room=_ROOM, identity=identity, sid=f"PA_{identity}"),
        )

    def _finished(self) -> None:
        self._world.rooms.there.clear()
        presence.apply(self._world.ports, RoomEvent(id="EV_f", kind=EventKind.ROOM_FINISHED, room=_ROOM))
