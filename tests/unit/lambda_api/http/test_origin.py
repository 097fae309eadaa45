"""Whoever calls the HTTP API's own address, around the edge, is refused at the gate and at both doors."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from lambda_api.config.errors import SecretUnavailableError
from lambda_api.doors import api, gate, webhooks
from lambda_api.doors.origin import HEADER
from tests.unit.lambda_api.http.surroundings import ADMIN, ORIGIN_KEY, Surroundings, signed, webhook

NEW_KEY = "n" * 48


@pytest.fixture(autouse=True)
def wired(around: Surroundings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Surroundings]:
    monkeypatch.setattr(webhooks, "wiring", around.wiring)
    monkeypatch.setattr(gate, "wiring", around.wiring)
    before = api.APP.state.wiring
    api.APP.state.wiring = around.wiring
    yield around
    api.APP.state.wiring = before


def at_the_api(**headers: str) -> dict[str, Any]:
    http = {"method": "GET", "path": "/v1/escalations", "sourceIp": "192.0.2.1"}
    event = {
        "version": "2.0",
        "rawQueryString": "",
        "headers": ADMIN | headers,
        "requestContext": {"http": http},
    }
    return api.handler(event, None)


def at_the_webhooks(**headers: str) -> dict[str, Any]:
    body = webhook("agent_job_started")
    event = {"headers": {"authorization": signed(body)} | headers, "body": body.decode()}
    return webhooks.handler(event, None)


@pytest.mark.parametrize("ask", [at_the_api, at_the_webhooks])
@pytest.mark.parametrize("headers", [{}, {HEADER: ""}, {HEADER: "o" * 47}, {HEADER: "\ud800"}, {HEADER: "é"}])
def test_without_the_edges_key_neither_a_service_key_nor_a_signature_helps(
    ask: Any, headers: dict[str, str]
) -> None:
    answer = ask(**headers)

    assert answer["statusCode"] == 403
    assert json.loads(answer["body"])["error"] == "OutsideError"


@pytest.mark.parametrize("shown", [{}, {HEADER: ""}, {HEADER: "o" * 47}, {HEADER: "é"}])
def test_the_gate_lets_nobody_else_in(shown: dict[str, str]) -> None:
    assert gate.handler({"headers": shown}, None) == {"isAuthorized": False}
    assert gate.handler({"headers": {HEADER: ORIGIN_KEY}}, None) == {"isAuthorized": True}


def test_a_gate_that_cannot_tell_says_neither_yes_nor_no(wired: Surroundings) -> None:
    wired.manager.down = True

    with pytest.raises(SecretUnavailableError):
        gate.handler({"headers": {HEADER: ORIGIN_KEY}}, None)


@pytest.mark.parametrize("ask", [at_the_api, at_the_webhooks])
@pytest.mark.parametrize("name", [HEADER, HEADER.title()])
def test_with_it_the_door_opens(ask: Any, name: str) -> None:
    assert ask(**{name: ORIGIN_KEY})["statusCode"] == 200


def test_while_the_key_is_changed_both_are_good(wired: Surroundings) -> None:
    wired.manager.previous["origin"] = ORIGIN_KEY
    wired.manager.current["origin"] = NEW_KEY

    assert [at_the_api(**{HEADER: key})["statusCode"] for key in (ORIGIN_KEY, NEW_KEY)] == [200, 200]


def test_a_new_key_is_known_as_soon_as_it_is_shown(wired: Surroundings) -> None:
    at_the_api(**{HEADER: ORIGIN_KEY})
    wired.manager.current["origin"] = NEW_KEY
    wired.ticker.now += 60

    assert at_the_api(**{HEADER: NEW_KEY})["statusCode"] == 200


@pytest.mark.parametrize("ask", [at_the_api, at_the_webhooks])
def test_when_the_key_cannot_be_read_nobody_is_let_in_and_all_may_come_again(
    ask: Any, wired: Surroundings
) -> None:
    wired.manager.down = True

    assert ask(**{HEADER: ORIGIN_KEY})["statusCode"] == 503


def test_a_secret_that_nobody_has_filled_in_opens_nothing(wired: Surroundings) -> None:
    wired.manager.current["origin"] = ""

    assert at_the_api(**{HEADER: ""})["statusCode"] == 403
