"""What follows from a request is done under its trace: the store, each text, each mail."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from msgspec.structs import replace

from lambda_api.escalations import callbacks, leaving, looking, opening, roster, testing
from lambda_api.escalations.errors import UnavailableError
from lambda_api.escalations.models import HumanAgent, Reason, Status
from lambda_api.escalations.opening import Request
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Wish
from tests.unit.lambda_api.domain.fakes import World

Outcome = TypeVar("Outcome")
PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
REQUEST = Request(room="r", caller_identity="caller-1", reason=Reason.CALLER_REQUEST)


class Followed:
    def __init__(self) -> None:
        self.done: list[tuple[str, str, str]] = []

    def __call__(self, what: str, trace: str, act: Callable[[], Outcome]) -> Outcome:
        try:
            outcome = act()
        except UnavailableError:
            self.done.append((what, trace, "failed"))
            raise
        self.done.append((what, trace, "done"))
        return outcome


@pytest.fixture
def followed() -> Followed:
    return Followed()


@pytest.fixture
def ports(world: World, followed: Followed) -> Ports:
    world.store.delete_person("jonas")
    world.notifier.confirms = True
    ada = HumanAgent(id="maria", name="Maria", phone="+15005550101", email="maria@example.com")
    roster.put(world.ports, ada)
    return replace(world.ports, traced=followed)


def test_storing_and_both_channels_are_under_the_requests_trace(
    world: World, ports: Ports, followed: Followed
) -> None:
    opening.open_escalation(ports, REQUEST, key_name="worker", idempotency_key="k", trace=PARENT)

    assert followed.done == [("store", PARENT, "done"), ("sms", PARENT, "done"), ("email", PARENT, "done")]
    assert world.notifier.traces == [PARENT, PARENT]


def test_a_channel_that_fails_does_so_where_it_is_followed(
    world: World, ports: Ports, followed: Followed
) -> None:
    world.notifier.down = True

    opened = opening.open_escalation(ports, REQUEST, key_name="w", idempotency_key="k", trace=PARENT)

    assert opened.escalation.status is Status.REQUESTED
    assert followed.done[1:] == [("sms", PARENT, "failed"), ("email", PARENT, "failed")]


def test_what_no_request_asked_for_has_no_trace(ports: Ports, followed: Followed) -> None:
    testing.test(ports, "maria")

    assert followed.done == [("sms", "", "done"), ("email", "", "done")]


def test_what_is_told_of_a_request_later_is_under_its_trace_too(
    world: World, ports: Ports, followed: Followed
) -> None:
    asked = opening.open_escalation(ports, REQUEST, key_name="w", idempotency_key="k", trace=PARENT)
    row = asked.escalation
    callbacks.ask(ports, row.id, Wish(name="Ada", phone="+15005550177", when=""), actor="w")
    leaving.cancel(ports, row.id, cause="operator", actor="admin")
    followed.done.clear()

    world.clock.advance(5)
    looking.look(ports, row.id, chain=False)

    assert followed.done == [("sms", PARENT, "done"), ("email", PARENT, "done")] * 2


def test_a_text_that_is_tried_again_is_so_under_the_requests_trace(
    world: World, ports: Ports, followed: Followed
) -> None:
    world.notifier.fails = [True]

    opening.open_escalation(ports, REQUEST, key_name="w", idempotency_key="k", trace=PARENT)

    tries = [("sms", "failed"), ("email", "done"), ("sms", "done")]
    assert followed.done[1:] == [(what, PARENT, outcome) for what, outcome in tries]
