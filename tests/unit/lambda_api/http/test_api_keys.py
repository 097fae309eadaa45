"""Named API keys: shown once, kept as a digest, open what was said and nothing after they were revoked."""

from typing import Any

import pytest
from httpx import Client

from tests.unit.lambda_api.http.surroundings import WORKER_KEY, Surroundings

KEYS = "/v1/api-keys"
CRM = {"name": "crm", "scopes": ["escalations:read"]}


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def test_a_key_is_shown_once_and_kept_as_a_digest(admin: Client, around: Surroundings) -> None:
    made = admin.post(KEYS, json=CRM)
    listed = admin.get(KEYS)

    key = made.json()["key"]
    assert made.status_code == 201
    assert key.startswith("hk.crm.")
    assert listed.json()["items"] == [{**CRM, "created_at": made.json()["created_at"]}]
    assert key not in repr(around.api_keys.kept)


def test_a_key_opens_its_scopes_until_it_is_revoked(admin: Client, stranger: Client) -> None:
    key = bearer(admin.post(KEYS, json=CRM).json()["key"])

    before = stranger.get("/v1/escalations", headers=key).status_code
    beyond = stranger.get("/v1/human-agents", headers=key).status_code
    admin.delete(f"{KEYS}/crm")
    after = stranger.get("/v1/escalations", headers=key).status_code

    assert (before, beyond, after) == (200, 403, 401)


def test_another_key_of_the_same_name_is_another_key(admin: Client, stranger: Client) -> None:
    old = admin.post(KEYS, json=CRM).json()["key"]
    taken = admin.post(KEYS, json=CRM)
    admin.delete(f"{KEYS}/crm")
    new = admin.post(KEYS, json=CRM).json()["key"]

    assert (taken.status_code, taken.json()["error"]) == (409, "ApiKeyNameTakenError")
    assert stranger.get("/v1/escalations", headers=bearer(old)).status_code == 401
    assert stranger.get("/v1/escalations", headers=bearer(new)).status_code == 200


def test_nobody_makes_a_key_for_what_they_may_not_do(admin: Client, stranger: Client) -> None:
    maker = admin.post(KEYS, json={"name": "ops", "scopes": ["api_keys:write"]}).json()["key"]

    beyond = stranger.post(KEYS, json=CRM, headers=bearer(maker))
    own = stranger.post(KEYS, json={"name": "x", "scopes": ["api_keys:write"]}, headers=bearer(maker))

    assert (beyond.status_code, beyond.json()["error"]) == (403, "ScopeMissingError")
    assert own.status_code == 201
    assert stranger.post(KEYS, json=CRM, headers=bearer(WORKER_KEY)).status_code == 403


def test_what_cannot_be_a_key_is_not_looked_up(stranger: Client, around: Surroundings) -> None:
    for junk in ("x", "hk.crm", "hk.crm.short", "hk.CRM." + "a" * 43, "hk.crm." + "a" * 4000):
        assert stranger.get("/v1/escalations", headers=bearer(junk)).status_code == 401
    assert around.api_keys.looked_up == []

    assert stranger.get("/v1/escalations", headers=bearer("hk.crm." + "a" * 43)).status_code == 401
    assert around.api_keys.looked_up == ["crm"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"scopes": []},
        {"scopes": ["all"]},
        {"name": "Crm"},
        {"name": "a" * 33},
        {"name": ""},
        {"key": "x"},
    ],
)
def test_a_key_that_is_not_described_is_refused(admin: Client, wrong: dict[str, Any]) -> None:
    assert admin.post(KEYS, json=CRM | wrong).status_code == 422


def test_there_is_an_end_to_keys(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lambda_api.auth.api_keys.MOST", 1)
    admin.post(KEYS, json=CRM)

    assert admin.post(KEYS, json=CRM | {"name": "b"}).json()["error"] == "TooManyApiKeysError"
