"""What holds for every route: limits, headers, documents, and the answer to the unexpected."""

import json
from pathlib import Path

import pytest
from httpx import Client

from lambda_api.__main__ import openapi_text
from tests.unit.lambda_api.http.surroundings import Surroundings

DOCUMENT = Path(__file__).parents[4] / "docs" / "openapi.json"


def test_the_document_in_the_repository_is_the_apps_own() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == openapi_text(), "run python -m lambda_api openapi"


def test_every_operation_says_how_it_refuses() -> None:
    paths = json.loads(openapi_text())["paths"]
    operations = [operation for methods in paths.values() for operation in methods.values()]

    assert all("application/problem+json" in one["responses"]["default"]["content"] for one in operations)
    assert "HTTPValidationError" not in openapi_text()


@pytest.mark.parametrize("path", ["/healthz", "/openapi.json", "/docs"])
def test_what_anyone_may_see_needs_no_key(stranger: Client, path: str) -> None:
    answer = stranger.get(path)

    assert answer.status_code == 200
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


def test_every_other_route_under_v1_asks_for_a_key(stranger: Client) -> None:
    asked = 0
    for path, methods in json.loads(openapi_text())["paths"].items():
        for method in methods:
            if path.startswith("/v1/"):
                asked += 1
                assert stranger.request(method, path.replace("{", "").replace("}", "")).status_code == 401
    assert asked >= 21


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/nothing", 404), ("PATCH", "/v1/escalations", 405)]
)
def test_the_frameworks_own_refusals_are_problems_too(
    stranger: Client, method: str, path: str, status: int
) -> None:
    answer = stranger.request(method, path)

    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("chunked", [False, True], ids=["announced", "not announced"])
def test_a_body_larger_than_any_honest_one_is_refused(admin: Client, chunked: bool) -> None:
    content = b"x" * (256 * 1024 + 1)
    headers = {"Idempotency-Key": "k", "Content-Type": "application/json"}

    body = (content[at : at + 65_536] for at in range(0, len(content), 65_536)) if chunked else content
    answer = admin.post("/v1/escalations", content=body, headers=headers)

    assert (answer.status_code, answer.json()["error"]) == (413, "ContentTooLargeError")


def test_the_unexpected_is_a_bounded_500_that_tells_nothing(
    admin: Client, around: Surroundings, caplog: pytest.LogCaptureFixture
) -> None:
    around.world.store.faults = [RuntimeError("secret of the house")]

    answer = admin.post(
        "/v1/escalations",
        json={"room": "r", "reason": "other"},
        headers={"Idempotency-Key": "k"},
    )

    assert (answer.status_code, answer.json()["error"]) == (500, "UnexpectedError")
    assert "secret" not in answer.text
    assert "a request failed unexpectedly" in caplog.messages
