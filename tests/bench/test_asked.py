"""What each request of a handoff asks of the table and of the queue: a call more is a decision."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from lambda_api.adapters.dynamodb import DynamoStore
from lambda_api.escalations import claiming, finishing, leaving, presence, saving, seating
from lambda_api.escalations.models import Disposition, Escalation, HumanAgent, Reason, Role
from lambda_api.escalations.opening import Request, open_escalation
from lambda_api.escalations.rooms import EventKind, ParticipantKind, RoomEvent
from tests.bench.load.stand_in.client import InProcess
from tests.bench.load.stand_in.table import MemoryTable
from tests.unit.lambda_api.domain.fakes import World

_JOINED, _LEFT = EventKind.PARTICIPANT_JOINED, EventKind.PARTICIPANT_LEFT
_PUBLISHED: Final = EventKind.TRACK_PUBLISHED
_CALLER, _AGENT = "caller-1", "agent-1"

ASKED: Final = {
    "the caller joins": {"GetItem": 1, "PutItem": 1, "look_later": 1},
    "the caller's microphone": {},
    "the agent joins": {"DeleteItem": 1, "GetItem": 1},
    "the agent's voice": {"GetItem": 1},
    "open": {"GetItem": 3, "Query": 2, "TransactWriteItems": 2, "UpdateItem": 1, "look_later": 1},
    "claim": {"GetItem": 2, "PutItem": 1, "look_later": 1},
    "the human joins": {"GetItem": 2, "TransactWriteItems": 1, "look_later": 1},
    "the human's microphone": {"GetItem": 2, "TransactWriteItems": 1, "look_later": 1},
    "the agent says that it leaves": {"GetItem": 1, "PutItem": 1},
    "the agent leaves": {"GetItem": 2},
    "complete": {"GetItem": 2, "TransactWriteItems": 1, "PutItem": 1, "look_later": 2},
    "the human leaves": {"GetItem": 2, "PutItem": 3},
    "the caller leaves": {"GetItem": 2},
    "the room is over": {"GetItem": 2},
}


class Counted(InProcess):
    def __init__(self) -> None:
        super().__init__(MemoryTable())
        self.calls: list[str] = []

    def __call__(self, operation: str, /, **given: Any) -> dict[str, Any]:
        self.calls.append(operation)
        return super().__call__(operation, **given)


def test_no_request_asks_for_more_than_it_needs() -> None:
    table = Counted()
    store: Any = DynamoStore(client=table, table_name="table")
    world = World(store=store)
    found = {}
    for name, step in _handoff(world):
        table.calls.clear()
        world.timers.queued.clear()
        step()
        found[name] = Counter(table.calls) + Counter(look_later=len(world.timers.queued))

    assert found == ASKED


def _handoff(world: World) -> Iterator[tuple[str, Callable[[], object]]]:
    ports, rooms = world.ports, world.rooms
    world.store.put_person(HumanAgent(id="maria", name="Maria", phone="+15005550101"))
    seating.create_seat(ports, "r", role=Role.CALLER, identity=_CALLER)
    rooms.add(_CALLER)
    rooms.add(_AGENT)
    request = Request(room="r", caller_identity=_CALLER, agent_identity=_AGENT, reason=Reason.CALLER_REQUEST)
    yield "the caller joins", partial(_tell, world, _JOINED, _CALLER)
    yield "the caller's microphone", partial(_tell, world, _PUBLISHED, _CALLER)
    yield "the agent joins", partial(_tell, world, _JOINED, _AGENT)
    yield "the agent's voice", partial(_tell, world, _PUBLISHED, _AGENT)
    yield "open", partial(open_escalation, ports, request, key_name="worker", idempotency_key="k")
    row = _row(world)
    code = world.code(row)
    yield "claim", partial(claiming.claim, ports, code, "browser")
    claim = _row(world).claim
    assert claim
    human = claim.identity
    rooms.add(human, heard=True)
    yield "the human joins", partial(_tell, world, _JOINED, human)
    yield "the human's microphone", partial(_tell, world, _PUBLISHED, human)
    left = partial(leaving.ai_left, agent_identity=_AGENT, human_identity=human, cause="room")
    yield "the agent says that it leaves", partial(left, ports, row.id)
    rooms.drop(_AGENT)
    yield "the agent leaves", partial(_tell, world, _LEFT, _AGENT)
    yield "complete", partial(finishing.complete, ports, code, "browser", Disposition.RESOLVED)
    rooms.drop(human)
    yield "the human leaves", partial(_tell, world, _LEFT, human)
    rooms.drop(_CALLER)
    yield "the caller leaves", partial(_tell, world, _LEFT, _CALLER)
    yield "the room is over", partial(_tell, world, EventKind.ROOM_FINISHED, "")


def _row(world: World) -> Escalation:
    row = saving.current(world.ports, "r")
    assert row
    return row


def _tell(world: World, kind: EventKind, identity: str) -> None:
    of_agent = identity == _AGENT
    event = RoomEvent(
        id=f"EV_{kind}_{identity}",
        kind=kind,
        room="r",
        identity=identity,
        sid=f"PA_{identity}",
        participant_kind=ParticipantKind.AGENT if of_agent else ParticipantKind.STANDARD,
        disconnect_reason="CLIENT_INITIATED" if kind is _LEFT else "",
        audio_heard=kind is _PUBLISHED,
    )
    presence.apply(world.ports, event)
