"""What follows a write and fails is told in the log by its name and row; the next look makes up for it."""

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest

from lambda_api.escalations import agents, handing, looking, relieving
from lambda_api.escalations.errors import UnavailableError
from lambda_api.escalations.models import Escalation
from tests.unit.lambda_api.domain.fakes import World

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


FAILS: dict[str, tuple[str, str, Act]] = {
    "dispatch_agent": (
        "opened",
        "dispatch_agent",
        lambda world, _: agents.lost(world.ports, "r", "agent-1", "process_died"),
    ),
    "relieve_agent": (
        "opened",
        "relieve_agent",
        lambda world, _: relieving.relieve(world.ports, "r", "agent-1"),
    ),
    "remove_human": ("connected", "remove", hand_back_and_wait),
    "dismiss_agent": ("connected", "dismiss_agent", look_late),
    "remove_agent": ("connected", "remove", dismiss_and_look),
}


@pytest.mark.parametrize("effect", FAILS)
def test_what_livekit_did_not_do_is_told_by_its_name(
    world: World,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    effect: str,
) -> None:
    stage, method, act = FAILS[effect]
    row: Escalation = request.getfixturevalue(stage)

    def fails(*_: object) -> None:
        raise UnavailableError("livekit")

    monkeypatch.setattr(world.rooms, method, fails)
    with caplog.at_level(logging.WARNING):
        act(world, row)

    assert (effect, "livekit", row.id) in told(caplog)


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
