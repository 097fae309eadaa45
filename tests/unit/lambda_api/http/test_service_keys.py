"""Named keys: who is let in, with which version of the key, and what they may do."""

import pytest
from httpx import Client

from tests.unit.lambda_api.http.surroundings import ADMIN_KEY, WORKER_KEY, Surroundings

LIST = "/v1/escalations"


def status(client: Client, key: str) -> int:
    return client.get(LIST, headers={"Authorization": key}).status_code


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", f"Basic {ADMIN_KEY}", ADMIN_KEY, "Bearer wrong", "Bearer é"]
)
def test_a_caller_without_a_known_key_is_refused(stranger: Client, header: str) -> None:
    answer = stranger.get(LIST, headers={b"Authorization": header.encode()})

    assert (answer.status_code, answer.json()["error"]) == (401, "UnauthenticatedError")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_request_without_the_header_is_refused_before_its_body_is_looked_at(stranger: Client) -> None:
    answer = stranger.post(LIST, json={"surprise": 1})

    assert answer.status_code == 401


def test_a_key_opens_only_its_scopes(stranger: Client) -> None:
    headers = {"Authorization": f"Bearer {WORKER_KEY}"}

    answer = stranger.get("/v1/human-agents", headers=headers)

    assert (answer.status_code, answer.json()["error"]) == (403, "ScopeMissingError")
    assert stranger.get(LIST, headers=headers).status_code == 200


def test_both_versions_of_a_key_are_good_while_it_is_rotated(stranger: Client, around: Surroundings) -> None:
    around.manager.previous["admin"] = "old-" + "k" * 39

    assert status(stranger, f"Bearer {ADMIN_KEY}") == 200
    assert status(stranger, f"bearer {'old-' + 'k' * 39}") == 200


def test_a_new_version_is_good_at_once_and_junk_does_not_flood_the_secrets(
    stranger: Client, around: Surroundings
) -> None:
    assert status(stranger, f"Bearer {ADMIN_KEY}") == 200
    around.manager.current["admin"] = "new-" + "k" * 39
    around.ticker.now += 31

    assert status(stranger, f"Bearer {'new-' + 'k' * 39}") == 200
    reads = around.manager.reads
    for _ in range(10):
        assert status(stranger, "Bearer junk") == 401
    assert around.manager.reads - reads <= 2


def test_a_secret_is_read_once_in_five_minutes(stranger: Client, around: Surroundings) -> None:
    assert status(stranger, f"Bearer {ADMIN_KEY}") == 200
    reads = around.manager.reads
    around.ticker.now += 299
    assert status(stranger, f"Bearer {ADMIN_KEY}") == 200
    assert around.manager.reads == reads

    around.ticker.now += 2

    assert status(stranger, f"Bearer {ADMIN_KEY}") == 200
    assert around.manager.reads > reads


def test_a_known_key_outlives_an_outage_of_the_secrets(stranger: Client, around: Surroundings) -> None:
    assert status(stranger, f"Bearer {ADMIN_KEY}") == 200
    around.manager.down = True
    around.ticker.now += 301

    assert status(stranger, f"Bearer {ADMIN_KEY}") == 200


def test_without_any_key_known_the_answer_is_not_a_refusal(stranger: Client, around: Surroundings) -> None:
    around.manager.down = True

    assert status(stranger, f"Bearer {ADMIN_KEY}") == 503


def test_an_empty_secret_lets_nobody_in(stranger: Client, around: Surroundings) -> None:
    around.manager.current["admin"] = ""

    assert status(stranger, "Bearer ") == 401
