"""Which key scope opens which call: a table, and every call of the document has its place in it."""

import json
from itertools import product
from typing import Final

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from lambda_api.config.settings import read_settings
from tests.unit.lambda_api.http.surroundings import ENVIRONMENT, Surroundings

READ, WRITE = "escalations:read", "escalations:write"
JOIN, SEE, ADMIN = "join_urls:write", "human_agents:read", "human_agents:write"
SCOPES: Final = (READ, WRITE, JOIN, SEE, ADMIN)

TABLE: Final[dict[str, str]] = {
    "post /v1/escalations": WRITE,
    "get /v1/escalations": READ,
    "get /v1/escalations/{escalation_id}": READ,
    "get /v1/escalations/{escalation_id}/words": READ,
    "put /v1/escalations/{escalation_id}/brief": WRITE,
    "post /v1/escalations/{escalation_id}/ai-left": WRITE,
    "post /v1/escalations/{escalation_id}/cancel": WRITE,
    "post /v1/escalations/{escalation_id}/hand-back": WRITE,
    "post /v1/escalations/{escalation_id}/callback": WRITE,
    "post /v1/escalations/{escalation_id}/callback/complete": WRITE,
    "delete /v1/escalations/{escalation_id}/personal-data": WRITE,
    "get /v1/rooms/{room}": READ,
    "post /v1/rooms/{room}/agent-lost": WRITE,
    "post /v1/rooms/{room}/agent-leaving": WRITE,
    "post /v1/join-urls": JOIN,
    "get /v1/human-agents": SEE,
    "get /v1/human-agents/{human_agent_id}": SEE,
    "put /v1/human-agents/{human_agent_id}": ADMIN,
    "delete /v1/human-agents/{human_agent_id}": ADMIN,
    "post /v1/human-agents/{human_agent_id}/test": ADMIN,
    "post /v1/human-agents/{human_agent_id}/email-subscription": ADMIN,
    "get /v1/webhooks": ADMIN,
    "get /v1/webhooks/{webhook_id}": ADMIN,
    "put /v1/webhooks/{webhook_id}": ADMIN,
    "delete /v1/webhooks/{webhook_id}": ADMIN,
}
# What no key opens: a code in the path, a cookie, a signature, or nothing that needs one.
WITHOUT_A_KEY: Final = {
    "get /j/{code}",
    "get /j/{code}/brief",
    "post /j/{code}/claim",
    "post /j/{code}/eta",
    "post /j/{code}/decline",
    "post /j/{code}/hand-back",
    "post /j/{code}/complete",
    "get /desk",
    "get /desk/state",
    "get /desk/in/{sign_in_code}",
    "post /desk/in/{sign_in_code}",
    "post /desk/sign-in",
    "post /desk/sign-out",
    "post /desk/me",
    "post /desk/escalations/{escalation_id}/link",
    "post /webhooks/livekit",
    "get /healthz",
}


@pytest.fixture
def around() -> Surroundings:
    """One key for each scope, named by it."""
    keys = {scope: {"secret_arn": scope, "scopes": [scope]} for scope in SCOPES}
    made = Surroundings(settings=read_settings(ENVIRONMENT | {"HANDOFF_SERVICE_KEYS": json.dumps(keys)}))
    made.manager.current |= {scope: key_of(scope) for scope in SCOPES}
    return made


def key_of(scope: str) -> str:
    return f"{scope}-" + "k" * 43


def status(client: TestClient, call: str, authorization: str | None) -> int:
    method, path = call.split(" ")
    headers = {"Authorization": authorization} if authorization else {}
    return client.request(method, path.replace("{", "").replace("}", ""), headers=headers).status_code


def test_every_call_has_its_place_in_the_table(app: FastAPI) -> None:
    calls = {f"{method} {path}" for path, methods in app.openapi()["paths"].items() for method in methods}

    assert calls == TABLE.keys() | WITHOUT_A_KEY


def test_the_document_asks_for_a_key_exactly_where_one_is_needed(app: FastAPI) -> None:
    paths = app.openapi()["paths"].items()
    keyed = {
        f"{method} {path}"
        for path, methods in paths
        for method, call in methods.items()
        if "security" in call
    }

    assert keyed == TABLE.keys()


@pytest.mark.parametrize(("call", "scope"), [*product(TABLE, SCOPES)])
def test_a_scope_opens_its_own_calls_and_no_other(stranger: TestClient, call: str, scope: str) -> None:
    answer = status(stranger, call, f"Bearer {key_of(scope)}")

    assert (answer != 403) is (TABLE[call] == scope)
    assert answer != 401


@pytest.mark.parametrize("call", TABLE)
def test_without_a_known_key_nothing_opens(stranger: TestClient, call: str) -> None:
    assert status(stranger, call, None) == 401
    assert status(stranger, call, "Bearer " + "x" * 43) == 401
