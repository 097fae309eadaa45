"""The webhooks of other systems over HTTP: set by an admin, their secret shown once."""

from typing import Any

import pytest
from httpx import Client

from tests.unit.lambda_api.http.surroundings import WORKER_KEY, Surroundings

CRM = {"url": "https://crm.example/handoff?tenant=7", "events": ["escalation.completed"]}


def test_a_new_webhook_shows_its_secret_once(admin: Client, around: Surroundings) -> None:
    first = admin.put("/v1/webhooks/crm", json=CRM)
    second = admin.put("/v1/webhooks/crm", json={"url": CRM["url"]})

    assert (first.status_code, second.status_code) == (201, 200)
    secret = first.json()["secret"]
    assert len(secret) > 32
    [stored] = around.world.store.hooks()
    assert (stored.secret, stored.events) == (secret, ())
    assert second.json()["secret"] is None
    assert secret not in admin.get("/v1/webhooks").text + admin.get("/v1/webhooks/crm").text


def test_webhooks_are_read_and_deleted(admin: Client) -> None:
    admin.put("/v1/webhooks/crm", json=CRM)

    one = admin.get("/v1/webhooks/crm").json()
    assert {name: one[name] for name in CRM} == CRM
    assert admin.get("/v1/webhooks").json() == {"items": [one]}

    assert admin.delete("/v1/webhooks/crm").status_code == 204
    assert admin.delete("/v1/webhooks/crm").status_code == 204
    gone = admin.get("/v1/webhooks/crm")
    assert (gone.status_code, gone.json()["error"]) == (404, "UnknownHookError")


@pytest.mark.parametrize(
    "url",
    [
        "http://crm.example/handoff",
        "http://127.0.0.1:9000/",
        "https://user:password@crm.example/",
        "https://crm.example/#here",
        "https://",
        "file:///etc/passwd",
        "https://crm.example:x/",
    ],
)
def test_an_address_that_is_not_safe_to_call_is_refused(admin: Client, url: str) -> None:
    answer = admin.put("/v1/webhooks/crm", json={"url": url})

    assert (answer.status_code, answer.json()["error"]) == (422, "BadHookUrlError")


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": ""},
        {"url": "https://crm.example/" + "x" * 2048},
        {"events": ["everything"]},
        {"events": ["escalation.completed"] * 31},
        {"secret": "mine"},
    ],
)
def test_a_webhook_that_is_not_described_is_refused(admin: Client, wrong: dict[str, Any]) -> None:
    answer = admin.put("/v1/webhooks/crm", json=CRM | wrong)

    assert (answer.status_code, answer.json()["error"]) == (422, "UnprocessableContentError")


def test_there_is_an_end_to_webhooks(admin: Client, around: Surroundings) -> None:
    most = around.world.policy.hooks
    answers = [admin.put(f"/v1/webhooks/crm-{number}", json=CRM) for number in range(most + 1)]

    assert [answer.status_code for answer in answers] == [201] * most + [409]
    assert answers[-1].json()["error"] == "TooManyHooksError"


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_webhooks_are_an_admins_to_set_and_to_see(stranger: Client, method: str) -> None:
    answer = stranger.request(
        method, "/v1/webhooks/crm", headers={"Authorization": f"Bearer {WORKER_KEY}"}, json=CRM
    )

    assert (answer.status_code, answer.json()["error"]) == (403, "ScopeMissingError")


def test_an_event_that_is_never_offered_cannot_be_asked_for(admin: Client) -> None:
    wanted = {"url": "https://crm.example/", "events": ["escalation.completed", "escalation.complete"]}

    answer = admin.put("/v1/webhooks/crm", json=wanted)

    assert (answer.status_code, answer.json()["errors"][0]["place"]) == (422, "body.events.1")
