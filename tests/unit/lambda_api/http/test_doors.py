"""The Lambda doors: what API Gateway, SQS and the schedule hand over, and what they get back."""

import base64
import gzip
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lambda_api.adapters.web_build import WebBuild
from lambda_api.app.factory import create_app
from lambda_api.doors import api, timers, webhooks
from lambda_api.doors.origin import HEADER
from lambda_api.escalations import looking, signing_in
from lambda_api.escalations.errors import UnavailableError
from lambda_api.escalations.models import Reason
from lambda_api.escalations.opening import Request, open_escalation
from tests.unit.lambda_api.http.surroundings import ADMIN, ORIGIN_KEY, Surroundings, signed, webhook

Door = Callable[[dict[str, Any], object], dict[str, Any]]


@pytest.fixture
def wired(around: Surroundings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Surroundings]:
    monkeypatch.setattr(webhooks, "wiring", around.wiring)
    monkeypatch.setattr(timers, "wiring", around.wiring)
    before = api.APP.state.wiring
    api.APP.state.wiring = around.wiring
    yield around
    api.APP.state.wiring = before


@pytest.fixture(params=["webhooks", "api"])
def door(request: pytest.FixtureRequest) -> Door:
    """LiveKit's own door, and the same route in the app."""
    handlers: dict[str, Door] = {"webhooks": webhooks.handler, "api": api.handler}
    return handlers[request.param]


def gateway(
    method: str, path: str, *, body: bytes = b"", encoded: bool = False, **more: Any
) -> dict[str, Any]:
    """An event of API Gateway's HTTP API, payload version 2.0."""
    text = base64.b64encode(body).decode() if encoded else body.decode()
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"host": "h:not:a:port", HEADER: ORIGIN_KEY} | more.pop("headers", {}),
        "requestContext": {"http": {"method": method, "path": path, "sourceIp": "192.0.2.1"}},
        "body": text,
        "isBase64Encoded": encoded,
        **more,
    }


def hook(body: bytes, token: str | None = None, *, encoded: bool = True, name: str = "authorization") -> Any:
    headers = {"content-type": "application/webhook+json", name: signed(body) if token is None else token}
    return gateway("POST", "/webhooks/livekit", body=body, encoded=encoded, headers=headers)


def opened(wired: Surroundings) -> str:
    request = Request(room="r", caller_identity="caller-1", reason=Reason.CALLER_REQUEST)
    return open_escalation(wired.world.ports, request, key_name="worker", idempotency_key="k").escalation.id


def test_a_packed_asset_comes_through_the_gateway_as_the_bytes_that_it_is(
    wired: Surroundings, tmp_path: Path
) -> None:
    packed = gzip.compress(b"console.log(1);" * 100)
    (tmp_path / "join-1.js.gz").write_bytes(packed)
    wired.web = WebBuild(files={path.name: path for path in tmp_path.iterdir()})

    answer = api.handler(gateway("GET", "/assets/join-1.js", headers={"accept-encoding": "gzip"}), None)

    assert answer["isBase64Encoded"]
    assert base64.b64decode(answer["body"]) == packed
    assert answer["headers"]["content-encoding"] == "gzip"


def test_signing_in_comes_through_the_gateway_with_its_cookie(wired: Surroundings) -> None:
    signing_in.ask(wired.world.ports, "maria")
    looking.look(wired.world.ports, "desk:maria", chain=False)
    way_in = wired.world.notifier.texts[-1][1].rpartition("127.0.0.1:8080")[2]

    answer = api.handler(gateway("POST", way_in), None)

    [cookie] = answer["cookies"]
    assert (answer["statusCode"], answer["headers"]["location"]) == (303, "/desk")
    seen = api.handler(gateway("GET", "/desk/state", cookies=[cookie.partition(";")[0]]), None)
    assert json.loads(seen["body"])["me"]["name"] == "Maria"


@pytest.mark.parametrize("encoded", [True, False], ids=["base64", "text"])
def test_a_genuine_webhook_has_its_effect_once_however_often_it_comes(
    wired: Surroundings, door: Door, encoded: bool
) -> None:
    escalation_id = opened(wired)
    body = webhook("room_finished", participant={})

    answers = [door(hook(body, encoded=encoded), None) for _ in range(5)]

    row = wired.world.store.rows[escalation_id]
    assert [answer["statusCode"] for answer in answers] == [200] * 5
    assert not row.is_open
    assert sum(entry.change == row.status for entry in row.timeline) == 1


def test_a_forged_webhook_is_refused_and_changes_nothing(wired: Surroundings, door: Door) -> None:
    escalation_id = opened(wired)
    before = wired.world.store.rows[escalation_id]
    body = webhook("room_finished", participant={})

    answer = door(hook(body, signed(body, secret="x" * 43)), None)

    assert answer["statusCode"] == 401
    assert answer["headers"]["content-type"] == "application/problem+json"
    assert json.loads(answer["body"])["error"] == "WebhookForgedError"
    assert wired.world.store.rows[escalation_id] == before


@pytest.mark.usefixtures("wired")
def test_a_webhook_nobody_needs_is_done(door: Door) -> None:
    body = webhook("agent_job_started")

    assert door(hook(body), None)["statusCode"] == 200


def test_a_webhook_that_could_not_be_stored_is_asked_for_again(wired: Surroundings, door: Door) -> None:
    opened(wired)
    wired.world.store.faults = [UnavailableError("store")] * 10
    body = webhook("room_finished", participant={})

    answer = door(hook(body), None)

    assert answer["statusCode"] == 503
    assert json.loads(answer["body"])["error"] == "EventNotStoredError"


def test_without_its_keys_the_door_asks_to_come_again(wired: Surroundings, door: Door) -> None:
    wired.manager.down = True

    assert door(hook(webhook()), None)["statusCode"] == 503


@pytest.mark.usefixtures("wired")
def test_a_webhook_larger_than_any_is_refused(door: Door) -> None:
    assert door(hook(b"x" * (512 * 1024 + 1)), None)["statusCode"] == 413


@pytest.mark.usefixtures("wired")
@pytest.mark.parametrize(
    "event",
    [
        {},
        {"body": None},
        {"body": "%%%", "isBase64Encoded": True},
        {"body": "\ud800"},
        {"headers": {"Authorization": "é"}, "body": "{}"},
    ],
)
def test_whatever_knocks_at_livekits_door_gets_401(event: dict[str, Any]) -> None:
    headers = {HEADER: ORIGIN_KEY, **event.get("headers", {})}

    assert webhooks.handler(event | {"headers": headers}, None)["statusCode"] == 401


@pytest.mark.usefixtures("wired")
def test_an_authorization_header_is_found_however_it_is_written() -> None:
    assert webhooks.handler(hook(webhook(), name="Authorization"), None)["statusCode"] == 200


@pytest.mark.usefixtures("wired")
@pytest.mark.parametrize("encoded", [True, False], ids=["base64", "text"])
def test_the_api_door_takes_both_body_forms(encoded: bool) -> None:
    body = json.dumps({"room": "r", "reason": "caller_request"}).encode()
    headers = ADMIN | {"content-type": "application/json", "idempotency-key": "k"}

    event = gateway("POST", "/v1/escalations", body=body, encoded=encoded, headers=headers)
    answer = api.handler(event, None)

    assert answer["statusCode"] == 201
    assert answer["isBase64Encoded"] is False


@pytest.mark.usefixtures("wired")
def test_a_refusal_at_the_api_door_is_text() -> None:
    answer = api.handler(gateway("GET", "/v1/escalations"), None)

    assert (answer["statusCode"], answer["isBase64Encoded"]) == (401, False)
    assert json.loads(answer["body"])["title"] == "Unauthorized"


@pytest.mark.parametrize("where", ["header", "list"])
def test_the_seat_cookie_comes_back_either_way(wired: Surroundings, where: str) -> None:
    opened(wired)
    [row] = wired.world.store.rows.values()
    path = f"/j/{wired.world.code(row)}/claim"
    first = api.handler(gateway("POST", path, headers={"accept": "application/json"}), None)
    [cookie] = first["cookies"]
    pair = cookie.split(";")[0]
    form = {"headers": {"cookie": pair}} if where == "header" else {"cookies": ["other=1", pair]}

    assert api.handler(gateway("POST", path, **form), None)["statusCode"] == 200
    assert api.handler(gateway("POST", path), None)["statusCode"] == 409


def message(message_id: str, body: object) -> dict[str, Any]:
    return {"messageId": message_id, "body": body if isinstance(body, str) else json.dumps(body)}


@pytest.mark.usefixtures("wired")
def test_a_look_that_fails_comes_again_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[tuple[str, bool]] = []

    def look(_ports: object, escalation_id: str, *, chain: bool) -> None:
        looked.append((escalation_id, chain))
        if escalation_id == "esc_bad":
            raise RuntimeError

    monkeypatch.setattr(looking, "look", look)
    records = [
        message("1", {"kind": "look", "escalation_id": "esc_good", "chain": True}),
        message("2", {"kind": "look", "escalation_id": "esc_bad"}),
        message("3", "{"),
        message("4", {"kind": "dance"}),
        message("5", []),
    ]

    answer = timers.handler({"Records": records}, None)

    assert answer == {"batchItemFailures": [{"itemIdentifier": "2"}]}
    assert looked == [("esc_good", True), ("esc_bad", False)]


def test_the_schedule_sweeps_what_was_not_sent(wired: Surroundings) -> None:
    wired.world.notifier.down = True
    opened(wired)
    wired.world.notifier.down = False
    wired.world.clock.advance(60)

    timers.handler({"source": "aws.events"}, None)

    assert len(wired.world.notifier.texts) == 1


def test_the_plain_doors_start_without_a_web_framework_and_without_livekit() -> None:
    forbidden = ("fastapi", "starlette", "pydantic", "mangum", "livekit", "aiohttp", "google.protobuf")
    script = (
        "import sys, lambda_api.doors.webhooks, lambda_api.doors.timers\n"
        f"print([name for name in {forbidden!r} if name in sys.modules])"
    )

    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "[]"


def test_the_app_needs_no_environment_to_be_made() -> None:
    assert create_app().openapi()["info"]["title"] == "LiveKit Handoff"
