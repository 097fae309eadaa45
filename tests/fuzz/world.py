"""A world with one of each thing in it, while a call is somewhere between its beginning and its end."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from lambda_api.config.api_keys import ApiKey
from lambda_api.escalations import claiming, hooks, looking, presence, sessions, signing_in
from lambda_api.escalations.models import Escalation, HumanAgent, Reason
from lambda_api.escalations.opening import Request, open_escalation
from lambda_api.escalations.rooms import EventKind, RoomEvent
from tests.unit.lambda_api.domain.fakes import World
from tests.unit.lambda_api.http.surroundings import Surroundings

BROWSER: Final = "b" * 32
STEPS: Final = ("asked for", "claimed", "there", "heard", "over")
_KEY: Final = ApiKey(name="crm", digest="", scopes=(), created_at=datetime(2026, 1, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Known:
    """What a request may name in its path, and who Maria's browser is."""

    paths: dict[str, str]
    cookies: dict[str, str]


def new(step: str) -> tuple[Surroundings, Known]:
    around = Surroundings()
    world, ports = around.world, around.world.ports
    world.rooms.add("caller-1")
    world.store.put_person(HumanAgent(id="maria", name="Maria", phone="+15005550101"))
    hooks.put(ports, "crm", url="https://crm.example/")
    around.api_keys.add(_KEY)
    call = Request(room="r", caller_identity="caller-1", reason=Reason.OTHER)
    row = open_escalation(ports, call, key_name="admin", idempotency_key="k").escalation
    for then in STEPS[1 : STEPS.index(step) + 1]:
        _take(then, world, row)
    cookie = sessions.begin(ports, _way_in(world))
    world.clock.advance(1)
    paths = {
        "escalation_id": row.id,
        "code": world.code(row),
        "human_agent_id": "maria",
        "room": "r",
        "webhook_id": "crm",
        "name": "crm",
        "sign_in_code": _way_in(world),
    }
    return around, Known(paths, {"handoff_seat": BROWSER, "handoff_desk": cookie})


def _take(step: str, world: World, row: Escalation) -> None:
    if step == "claimed":
        claiming.claim(world.ports, world.code(row), BROWSER)
        return
    kind, heard = {
        "there": (EventKind.PARTICIPANT_JOINED, False),
        "heard": (EventKind.TRACK_PUBLISHED, True),
        "over": (EventKind.ROOM_FINISHED, False),
    }[step]
    claim = world.row(row).claim
    assert claim
    if kind is EventKind.ROOM_FINISHED:
        world.rooms.there.clear()
    else:
        world.rooms.add(claim.identity, sid="PA_h", heard=heard)
    event = RoomEvent(id=step, kind=kind, room="r", identity=claim.identity, sid="PA_h", audio_heard=heard)
    presence.apply(world.ports, event)


def _way_in(world: World) -> str:
    """The code of the link that Maria is sent."""
    signing_in.ask(world.ports, "maria")
    looking.look(world.ports, "desk:maria", chain=False)
    return world.notifier.texts[-1][1].rpartition("/desk/in/")[2]
