"""What follows a write and fails is told in the log by its name and row; the next look makes up for it."""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
from msgspec.structs import replace

from lambda_api.escalations import (
    agents,
    answering,
    claiming,
    handing,
    leaving,
    looking,
    presence,
    relieving,
    seating,
    signing_in,
)
from lambda_api.escalations.errors import UnavailableError
from lambda_api.escalations.models import Escalation, Role
from lambda_api.escalations.rooms import EventKind, RoomEvent
from tests.unit.lambda_api.domain.fakes import FakeRooms, World

Act = Callable[[World, Escalation], object]


def hand_back_and_wait(world: World, row: Escalation) -> None:
    handing.hand_back(world.ports, code=world.code(row), browser="browser")
    world.clock.advance(15)
    looking.look(world.ports, row.id, chain=False)


def look_late(world: World, row: Escalation) -> None:
    world.clock.advance(3)
    looking.look(world.ports, row.id, chain=False)


def dismiss_and_look(world: World, row: Escalation) -> None:
    world.rooms.wedged = True
    look_late(world, row)
    look_late(world, row)


def lose_agent_and_look(world: World, row: Escalation) -> None:
    world.rooms.drop("agent-1")
    looking.look(world.ports, row.id, chain=False)


def lose_agent_and_look_at_room(world: World, _: Escalation) -> None:
    world.rooms.drop("agent-1")
    world.rooms.add_avatar("avatar", of="agent-1")
    looking.look(world.ports, "room:r", chain=False)


def leave_avatar_and_look_late(world: World, row: Escalation) -> None:
    world.rooms.drop("agent-1")
    world.rooms.add_avatar("avatar", of="agent-1")
    look_late(world, row)


def cancel(world: World, row: Escalation) -> None:
    leaving.cancel(world.ports, row.id, cause="operator", actor="admin")


def call_in_vain(world: World, _: Escalation) -> None:
    world.rooms = Refusing(there=world.rooms.there)
    agents.lost(world.ports, "r", "agent-1", "process_died")


def hand_back(world: World, row: Escalation) -> None:
    handing.hand_back(world.ports, escalation_id=row.id, actor="desk")


def hand_back_after_the_caller(world: World, row: Escalation) -> None:
    world.rooms.drop("caller-1")
    hand_back(world, row)


def claim(world: World, row: Escalation) -> None:
    claiming.claim(world.ports, world.code(row), "browser")


def tell_the_next(world: World, row: Escalation) -> None:
    world.clock.advance(45)
    looking.look(world.ports, row.id, chain=False)


class Refusing(FakeRooms):
    def dispatch_agent(self, room: str, metadata: Mapping[str, object]) -> None:
        del room, metadata
        raise UnavailableError("livekit")


FAILS: dict[str, tuple[str, str, Act]] = {
    "dispatch_agent": (
        "opened",
        "rooms.dispatch_agent",
        lambda world, _: agents.lost(world.ports, "r", "agent-1", "process_died"),
    ),
    "relieve_agent": (
        "opened",
        "rooms.relieve_agent",
        lambda world, _: relieving.relieve(world.ports, "r", "agent-1"),
    ),
    "remove_human": ("connected", "rooms.remove", hand_back_and_wait),
    "dismiss_agent": ("connected", "rooms.dismiss_agent", look_late),
    "remove_agent": ("connected", "rooms.remove", dismiss_and_look),
    "call_agent": ("opened", "store.take_dispatch", lose_agent_and_look),
    "call_agent, after the end": ("connected", "store.unwatch_room", cancel),
    "look_after": ("connected", "store.watch_room", cancel),
    "remove_avatar": ("opened", "rooms.remove", lose_agent_and_look_at_room),
    "remove_avatar, beside a person": ("connected", "rooms.remove", leave_avatar_and_look_late),
    "free_dispatch": ("opened", "store.free_dispatch", call_in_vain),
    "nudge": ("opened", "rooms.nudge", claim),
    "look_later": ("opened", "timers.look_later", claim),
    "look": (
        "opened",
        "store.outbox",
        lambda world, row: answering.decline(world.ports, world.code(row)),
    ),
    "unwatch_room": ("connected", "store.unwatch_room", hand_back_after_the_caller),
    "watch_room": ("connected", "store.watch_room", hand_back),
    "sms": ("opened", "notifier.sms", tell_the_next),
}


@pytest.mark.parametrize("effect", FAILS)
def test_what_was_not_done_is_told_by_its_name(
    world: World,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    effect: str,
) -> None:
    stage, call, act = FAILS[effect]
    port, method = call.split(".")
    row: Escalation = request.getfixturevalue(stage)

    def fails(*_: object, **__: object) -> None:
        raise UnavailableError("livekit")

    monkeypatch.setattr(getattr(world, port), method, fails)
    with caplog.at_level(logging.WARNING):
        act(world, row)

    assert (effect.split(",")[0], "livekit", row.id) in told(caplog)


def test_a_call_for_an_agent_that_failed_before_any_request_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.CALLER)
    world.rooms.there.clear()
    world.rooms.add(seat.identity)

    def fails(*_: object, **__: object) -> None:
        raise UnavailableError("store")

    monkeypatch.setattr(world.store, "take_dispatch", fails)
    now, kind = world.clock(), EventKind.PARTICIPANT_JOINED
    before = now - timedelta(seconds=30)
    joined = RoomEvent(id="E", kind=kind, room="r", identity=seat.identity, sid="PA_c", joined_at=now)
    with caplog.at_level(logging.WARNING):
        presence.apply(world.ports, replace(joined, room_created_at=before))

    assert told(caplog) == [("call_agent", "store", "")]


def test_a_look_at_a_room_that_the_queue_did_not_take_is_told(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.timers.down = True

    with caplog.at_level(logging.WARNING):
        agents.look_later(world.ports, "r")

    assert told(caplog) == [("look_later", "timers", "")]
    assert world.store.missed_rooms(now=world.clock() + timedelta(seconds=5)) == ("r",)


def told(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str, str]]:
    notes = (vars(one) for one in caplog.records if "effect" in vars(one))
    return [(one["effect"], one["part"], one["escalation_id"]) for one in notes]


def test_a_look_for_a_sign_in_that_the_queue_did_not_take_is_told(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.timers.down = True

    with caplog.at_level(logging.WARNING):
        signing_in.ask(world.ports, "maria")

    assert told(caplog) == [("sign_in", "timers", "")]
