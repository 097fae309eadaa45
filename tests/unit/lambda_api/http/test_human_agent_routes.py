"""The roster: who can be called in, and what a wrong entry is told."""

from typing import Any

import pytest
from httpx import Client

from tests.unit.lambda_api.http.surroundings import Surroundings

JONAS: dict[str, Any] = {
    "name": "Jonas",
    "tier": 2,
    "teams": ["sales"],
    "languages": ["de"],
    "phone": "+15005550102",
    "email": "jonas@example.com",
    "hours": {"time_zone": "Europe/Berlin", "days": [{"day": "mon", "from": "09:00", "to": "17:30"}]},
}

NEW = {"id": "jonas", "away_since": None, "email_status": "pending", "last_test": None, "reached_at": None}


def test_whether_a_person_can_be_reached_is_tried_and_shown(admin: Client) -> None:
    admin.put("/v1/human-agents/jonas", json=JONAS)

    tried = admin.post("/v1/human-agents/jonas/test").json()

    assert (tried["last_test"]["sms"], tried["last_test"]["email"]) == ("sent", "unconfirmed")
    assert tried["reached_at"] == tried["last_test"]["at"]
    assert admin.get("/v1/human-agents/jonas").json() == tried
    again = admin.post("/v1/human-agents/jonas/test")
    assert (again.status_code, again.json()["error"]) == (429, "TooSoonError")
    assert admin.post("/v1/human-agents/nobody/test").status_code == 404


def test_the_mail_that_asks_for_a_confirmation_can_be_had_again(admin: Client) -> None:
    admin.put("/v1/human-agents/jonas", json=JONAS)

    assert admin.post("/v1/human-agents/jonas/email-subscription").json()["email_status"] == "pending"
    admin.put("/v1/human-agents/jonas", json=JONAS | {"email": None})
    assert admin.post("/v1/human-agents/jonas/email-subscription").status_code == 409


def test_a_person_is_stored_read_listed_and_taken_off(admin: Client) -> None:
    first = admin.put("/v1/human-agents/jonas", json=JONAS)
    second = admin.put("/v1/human-agents/jonas", json=JONAS)

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == JONAS | NEW
    assert admin.get("/v1/human-agents/jonas").json() == second.json()
    assert {one["id"] for one in admin.get("/v1/human-agents").json()["items"]} == {"maria", "jonas"}
    assert [admin.delete("/v1/human-agents/jonas").status_code for _ in range(2)] == [204, 204]
    assert admin.get("/v1/human-agents/jonas").status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"tier": 0},
        {"phone": "0800 123"},
        {"email": "jonas"},
        {"surprise": True},
        {"hours": {"time_zone": "Mars/Olympus", "days": []}},
        {"hours": {"time_zone": "UTC", "days": [{"day": "moonday", "from": "09:00", "to": "17:00"}]}},
        {"hours": {"time_zone": "UTC", "days": [{"day": "mon", "from": "9", "to": "17:00"}]}},
        {"hours": {"time_zone": "../../etc/passwd", "days": []}},
    ],
)
def test_an_entry_that_could_not_work_is_refused(
    admin: Client, around: Surroundings, fields: dict[str, Any]
) -> None:
    answer = admin.put("/v1/human-agents/jonas", json=JONAS | fields)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert "jonas" not in around.world.store.roster


@pytest.mark.parametrize("name", ["-x", "a%20b", "x" * 65, "%E2%82%AC"])
def test_an_id_that_could_not_be_part_of_an_identity_is_refused(admin: Client, name: str) -> None:
    assert admin.put(f"/v1/human-agents/{name}", json=JONAS).status_code == 422
