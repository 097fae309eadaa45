"""The brief over HTTP: written by the worker, bounded, and read by the browser that took the call."""

from collections.abc import Callable
from typing import Any

import pytest
from httpx import Client

from tests.unit.lambda_api.http.surroundings import WORKER_KEY

WORKER = {"Authorization": f"Bearer {WORKER_KEY}"}
JSON = {"Accept": "application/json"}
BRIEF: dict[str, Any] = {
    "summary": "wants a refund",
    "lines": [
        {"kind": "wish", "text": "a refund", "turns": [1]},
        {"kind": "promised", "text": "an answer today", "turns": [2]},
    ],
    "transcript": [{"role": "caller", "text": "Money back!"}, {"role": "agent", "text": "Today."}],
    "language": "en",
    "mood": "impatient",
}


@pytest.fixture
def row(link: str, admin: Client) -> str:
    assert link
    [row] = admin.get("/v1/escalations").json()["items"]
    return f"/v1/escalations/{row['id']}"


@pytest.fixture
def holder(link: str, browser: Callable[[], Client]) -> Client:
    winner = browser()
    assert winner.post(f"{link}/claim", headers=JSON).status_code == 200
    return winner


def test_what_the_worker_writes_the_holder_of_the_seat_reads(
    link: str, row: str, stranger: Client, holder: Client
) -> None:
    written = stranger.put(f"{row}/brief", json=BRIEF, headers=WORKER)
    read = holder.get(f"{link}/brief")

    assert (written.status_code, written.content) == (204, b"")
    assert read.json() == {
        "caller": {"name": None, "phone": None, "identity": "caller-1"},
        "summary": "wants a refund",
        "lines": BRIEF["lines"],
        "transcript": [
            {"turn": 1, "role": "caller", "text": "Money back!"},
            {"turn": 2, "role": "agent", "text": "Today."},
        ],
        "language": "en",
        "mood": "impatient",
        "refreshed_at": "2026-11-24T12:00:00.000Z",
    }
    assert read.headers["cache-control"] == "no-store"
    assert read.headers["referrer-policy"] == "no-referrer"


def test_nobody_else_reads_it_by_the_same_link(
    link: str, row: str, admin: Client, holder: Client, stranger: Client
) -> None:
    admin.put(f"{row}/brief", json=BRIEF)

    answer = stranger.get(f"{link}/brief", headers=JSON)

    assert holder.get(f"{link}/brief").status_code == 200
    assert (answer.status_code, answer.json()["error"]) == (403, "SeatNotHeldError")
    assert "refund" not in answer.text


def test_an_ai_that_resumes_reads_what_the_brief_knows(row: str, admin: Client) -> None:
    admin.put(f"{row}/brief", json=BRIEF)

    words = admin.get(f"{row}/words").json()

    assert (words["summary"], words["transcript"]) == (BRIEF["summary"], BRIEF["transcript"])


def test_after_the_end_it_is_written_no_more(row: str, admin: Client) -> None:
    admin.post(f"{row}/cancel", json={"cause": "operator"})

    answer = admin.put(f"{row}/brief", json=BRIEF)

    assert (answer.status_code, answer.json()["error"]) == (410, "EscalationEndedError")


@pytest.mark.parametrize(
    "wrong",
    [
        {"summary": "x" * 2001},
        {"summary": "a\x00b"},
        {"lines": [{"kind": "wish", "text": "x"}] * 21},
        {"lines": [{"kind": "gossip", "text": "x"}]},
        {"lines": [{"kind": "wish", "text": "x" * 301}]},
        {"lines": [{"kind": "wish", "text": ""}]},
        {"lines": [{"kind": "wish", "text": "x", "turns": [1] * 11}]},
        {"lines": [{"kind": "wish", "text": "x", "turns": [0]}]},
        {"transcript": [{"role": "caller", "text": "x"}] * 201},
        {"transcript": [{"role": "caller", "text": "x" * 1001}]},
        {"transcript": [{"role": "human", "text": "x"}]},
        {"mood": "x" * 65},
        {"surprise": 1},
    ],
)
def test_a_brief_out_of_bounds_is_refused_without_a_word_of_it(
    row: str, admin: Client, wrong: dict[str, Any]
) -> None:
    answer = admin.put(f"{row}/brief", json=BRIEF | wrong)

    assert answer.status_code == 422
    assert "refund" not in answer.text


def test_the_largest_brief_is_taken(row: str, admin: Client, link: str, holder: Client) -> None:
    full = {
        "summary": "s" * 2000,
        "lines": [{"kind": "fact", "text": "f" * 300, "turns": list(range(1, 11))}] * 20,
        "transcript": [{"role": "agent", "text": "t" * 1000}] * 200,
    }

    assert admin.put(f"{row}/brief", json=full).status_code == 204
    assert len(holder.get(f"{link}/brief").json()["transcript"]) == 200
