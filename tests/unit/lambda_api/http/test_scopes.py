"""Who may call what: every operation of the document, with every scope and with none."""

import json
from collections.abc import Iterator
from itertools import product

import pytest
from fastapi import FastAPI
from httpx import Client
from msgspec.structs import replace

from lambda_api.__main__ import openapi_text
from lambda_api.config.settings import SCOPES, ServiceKey
from tests.unit.lambda_api.http.surroundings import Surroundings

ANYBODY, BY_CODE, BY_SEAT, AT_DESK, SIGNED = "anybody", "code", "seat", "desk", "signature"
READ, WRITE = "escalations:read", "escalations:write"
TABLE = {
    "GET /v1/escalations": READ,
    "POST /v1/escalations": WRITE,
    "GET /v1/escalations/{escalation_id}": READ,
    "GET /v1/escalations/{escalation_id}/words": READ,
    "POST /v1/escalations/{escalation_id}/ai-left": WRITE,
    "PUT /v1/escalations/{escalation_id}/brief": WRITE,
    "POST /v1/escalations/{escalation_id}/callback": WRITE,
    "POST /v1/escalations/{escalation_id}/callback/complete": WRITE,
    "POST /v1/escalations/{escalation_id}/cancel": WRITE,
    "POST /v1/escalations/{escalation_id}/hand-back": WRITE,
    "DELETE /v1/escalations/{escalation_id}/personal-data": WRITE,
    "GET /v1/waiting-time": READ,
    "GET /v1/rooms/{room}": READ,
    "POST /v1/rooms/{room}/agent-leaving": WRITE,
    "POST /v1/rooms/{room}/agent-lost": WRITE,
    "POST /v1/join-urls": "join_urls:write",
    "GET /v1/human-agents": "human_agents:read",
    "GET /v1/human-agents/{human_agent_id}": "human_agents:read",
    "PUT /v1/human-agents/{human_agent_id}": "human_agents:write",
    "DELETE /v1/human-agents/{human_agent_id}": "human_agents:write",
    "POST /v1/human-agents/{human_agent_id}/test": "human_agents:write",
    "POST /v1/human-agents/{human_agent_id}/email-subscription": "human_agents:write",
    "GET /v1/webhooks": "human_agents:write",
    "GET /v1/webhooks/{webhook_id}": "human_agents:write",
    "PUT /v1/webhooks/{webhook_id}": "human_agents:write",
    "DELETE /v1/webhooks/{webhook_id}": "human_agents:write",
    "GET /v1/api-keys": "api_keys:write",
    "POST /v1/api-keys": "api_keys:write",
    "DELETE /v1/api-keys/{name}": "api_keys:write",
    "GET /j/{code}": BY_CODE,
    "POST /j/{code}/claim": BY_CODE,
    "POST /j/{code}/eta": BY_CODE,
    "POST /j/{code}/decline": BY_CODE,
    "GET /j/{code}/brief": BY_SEAT,
    "POST /j/{code}/hand-back": BY_SEAT,
    "POST /j/{code}/complete": BY_SEAT,
    "GET /desk": ANYBODY,
    "POST /desk/sign-in": ANYBODY,
    "POST /desk/sign-out": ANYBODY,
    "GET /desk/in/{sign_in_code}": ANYBODY,
    "POST /desk/in/{sign_in_code}": BY_CODE,
    "GET /desk/state": AT_DESK,
    "POST /desk/me": AT_DESK,
    "POST /desk/escalations/{escalation_id}/link": AT_DESK,
    "POST /webhooks/livekit": SIGNED,
    "GET /healthz": ANYBODY,
}
BY_KEY = [operation for operation, need in TABLE.items() if need in SCOPES]
KEYS = {scope: f"{scope}-{'k' * 32}" for scope in sorted(SCOPES)}
NAMES = {
    "{escalation_id}": f"esc_{'0' * 26}",
    "{room}": "r",
    "{human_agent_id}": "eva",
    "{webhook_id}": "crm",
    "{name}": "crm",
}
CODES = {"{code}": "A" * 22, "{sign_in_code}": "A" * 22}
# What each refuses with who shows nothing but what anybody could make up.
REFUSED = {BY_CODE: (404, 410), BY_SEAT: (403, 404), AT_DESK: (401,), SIGNED: (401,)}
BODIES = {
    "/eta": {"minutes": 1},
    "/complete": {"disposition": "other"},
    "/me": {"state": "away"},
    "/hand-back": {},
}


@pytest.fixture
def around(around: Surroundings) -> Surroundings:
    """One key for each scope, and nothing else opened by it."""
    keys = tuple(ServiceKey(name=one, secret_arn=one, scopes=frozenset({one})) for one in KEYS)
    around.settings = replace(around.settings, service_keys=keys)
    around.manager.current |= KEYS
    return around


def called(client: Client, operation: str, key: str | None = None) -> tuple[int, str]:
    method, path = operation.split(" ")
    for name, value in (NAMES | CODES).items():
        path = path.replace(name, value)
    body = next((body for end, body in BODIES.items() if path.endswith(end)), {"who": "nobody"})
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    answer = client.request(method, path, json=body, headers=headers | {"Accept": "application/json"})
    problem = answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["error"] if problem else ""


def operations() -> Iterator[str]:
    for path, methods in json.loads(openapi_text())["paths"].items():
        yield from (f"{method.upper()} {path}" for method in methods)


def test_the_table_names_every_operation_and_no_other() -> None:
    assert sorted(TABLE) == sorted(operations())


def test_the_document_asks_for_a_key_exactly_where_one_is_needed() -> None:
    keyed = {
        f"{method.upper()} {path}"
        for path, methods in json.loads(openapi_text())["paths"].items()
        for method, operation in methods.items()
        if "security" in operation
    }

    assert keyed == set(BY_KEY)


def test_what_the_document_hides_lets_nobody_do_anything(one_app: FastAPI) -> None:
    hidden = {
        method
        for route in one_app.routes
        for method in getattr(route, "methods", None) or ()
        if not getattr(route, "include_in_schema", True)
    }

    assert hidden == {"GET", "HEAD"}


@pytest.mark.parametrize(("operation", "scope"), [*product(BY_KEY, KEYS)])
def test_a_key_opens_what_its_scope_says_and_nothing_else(
    stranger: Client, operation: str, scope: str
) -> None:
    status, error = called(stranger, operation, KEYS[scope])

    if TABLE[operation] == scope:
        assert status not in (401, 403)
    else:
        assert (status, error) == (403, "ScopeMissingError")


@pytest.mark.parametrize("operation", BY_KEY)
def test_without_a_key_none_of_them_opens(stranger: Client, operation: str) -> None:
    assert called(stranger, operation) == (401, "UnauthenticatedError")


@pytest.mark.parametrize("operation", [one for one, need in TABLE.items() if need in REFUSED])
def test_no_service_key_opens_what_is_a_persons_or_livekits(stranger: Client, operation: str) -> None:
    for key in (None, *KEYS.values()):
        status, _ = called(stranger, operation, key)
        assert status in REFUSED[TABLE[operation]]


@pytest.mark.parametrize("operation", [one for one, need in TABLE.items() if need is ANYBODY])
def test_what_anybody_may_do_tells_nobody_anything(
    stranger: Client, around: Surroundings, operation: str
) -> None:
    status, _ = called(stranger, operation)

    assert status in (200, 202)
    assert not around.world.store.sessions
    assert not around.world.store.rows
