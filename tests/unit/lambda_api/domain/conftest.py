"""The world of a domain test: a caller and the agent in a room, two people on the roster."""

from collections.abc import Callable

import pytest

from lambda_api.escalations import claiming, presence
from lambda_api.escalations.models import Escalation, HumanAgent, Reason
from lambda_api.escalations.opening import Request, open_escalation
from lambda_api.escalations.rooms import EventKind, RoomEvent
from tests.unit.lambda_api.domain.fakes import World

CALLER = "caller-1"
Open = Callable[[], Escalation]


@pytest.fixture
def world() -> World:
    world = World()
    world.rooms.add(CALLER)
    world.rooms.add("agent-1")
    world.store.put_person(HumanAgent(id="maria", name="Maria", phone="+15005550101"))
    world.store.put_person(HumanAgent(id="jonas", name="Jonas", tier=2, phone="+15005550102"))
    return world


@pytest.fixture
def opened(world: World) -> Escalation:
    request = Request(
        room="r", caller_identity=CALLER, reason=Reason.CALLER_REQUEST, agent_identity="agent-1"
    )
    return open_escalation(world.ports, request, key_name="worker", idempotency_key="k-1").escalation


@pytest.fixture
def claimed(world: World, opened: Escalation) -> Escalation:
    claiming.claim(world.ports, world.code(opened), "browser")
    return world.row(opened)


@pytest.fixture
def there(world: World, claimed: Escalation) -> Escalation:
    assert claimed.claim
    identity = claimed.claim.identity
    world.rooms.add(identity, sid="PA_h")
    kind = EventKind.PARTICIPANT_JOINED
    presence.apply(world.ports, RoomEvent(id="EV_j", kind=kind, room="r", identity=identity, sid="PA_h"))
    return world.row(claimed)


@pytest.fixture
def connected(world: World, there: Escalation) -> Escalation:
    assert there.claim
    identity = there.claim.identity
    world.rooms.add(identity, sid="PA_h", heard=True)
    event = RoomEvent(
        id="EV_t",
        kind=EventKind.TRACK_PUBLISHED,
        room="r",
        identity=identity,
        sid="PA_h",
        audio_heard=True,
    )
    presence.apply(world.ports, event)
    return world.row(there)
