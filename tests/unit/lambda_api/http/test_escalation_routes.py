"""POST and GET /v1/escalations: what is accepted, what is refused and how it reads."""

import json
import re
from typing import Any

import pytest
from httpx import Client

from lambda_api.escalations.errors import UnavailableError
from tests.unit.lambda_api.http.surroundings import Surroundings

BODY: dict[str, Any] = {"room": "r", "caller_identity": "caller-1", "reason": "caller_request"}
KEY = {"Idempotency-Key": "call-1"}
JSON = KEY | {"Content-Type": "application/json"}


def opened(client: Client, **fields: Any) -> dict[str, Any]:
    answer = client.post("/v1/escalations", json=BODY | fields, headers=KEY)
    assert answer.status_code in (200, 201), answer.text
    row: dict[str, Any] = answer.json()
    return row


def test_an_escalation_is_stored_and_somebody_is_told(admin: Client, around: Surroundings) -> None:
    answer = admin.post("/v1/escalations", json=BODY, headers=KEY)

    row = answer.json()
    assert answer.status_code == 201
    assert row["status"] == "notified"
    assert row["people_told"] == 1
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", row["created_at"])
    assert [phone for phone, _ in around.world.notifier.texts] == ["+15005550101"]


def test_the_same_request_again_gets_the_same_answer_and_tells_nobody_twice(
    admin: Client, around: Surroundings
) -> None:
    first = admin.post("/v1/escalations", json=BODY, headers=KEY)

    second = admin.post("/v1/escalations", json=BODY, headers=KEY)

    assert (second.status_code, second.json()["id"]) == (201, first.json()["id"])
    assert len(around.world.notifier.texts) == 1


def test_another_request_for_the_same_call_gets_the_open_one(admin: Client) -> None:
    row = opened(admin)

    second = admin.post("/v1/escalations", json=BODY, headers={"Idempotency-Key": "call-2"})

    assert (second.status_code, second.json()["id"]) == (200, row["id"])


def test_the_answer_says_when_the_tool_was_called(admin: Client) -> None:
    row = admin.post(
        "/v1/escalations", json=BODY | {"tool_called_at": "2026-11-24T12:00:00.250Z"}, headers=KEY
    ).json()

    assert row["tool_called_at"] == "2026-11-24T12:00:00.250Z"


def test_a_key_used_with_another_body_is_refused(admin: Client) -> None:
    opened(admin)

    answer = admin.post("/v1/escalations", json=BODY | {"reason": "emergency"}, headers=KEY)

    assert (answer.status_code, answer.json()["error"]) == (422, "IdempotencyMismatchError")


@pytest.mark.parametrize("key", [None, "", "x" * 256, "é"])
def test_a_request_without_a_usable_idempotency_key_is_refused(admin: Client, key: str | None) -> None:
    headers = {} if key is None else {b"Idempotency-Key": key.encode()}

    answer = admin.post("/v1/escalations", json=BODY, headers=headers)

    assert (answer.status_code, answer.json()["error"]) == (400, "IdempotencyKeyMissingError")


@pytest.mark.parametrize(
    "fields",
    [
        {"surprise": 1},
        {"room": ""},
        {"room": "x" * 129},
        {"room": "\ud800"},
        {"room": "a\nb"},
        {"reason": "boredom"},
        {"summary": "x" * 2001},
        {"summary": "a\x00b"},
        {"transcript": [{"role": "caller", "text": "x"}] * 101},
        {"transcript": [{"role": "judge", "text": "x"}]},
        {"transcript": [{"role": "caller", "text": "x" * 1001}]},
        {"tool_called_at": "2026-11-24T12:00:00"},
        {"tool_called_at": "9999-12-31T23:59:59-00:01"},
        {"tool_called_at": "0001-01-01T00:00:00+14:00"},
    ],
)
def test_a_body_that_is_not_ours_is_refused_in_a_bounded_problem(
    admin: Client, around: Surroundings, fields: dict[str, Any]
) -> None:
    content = json.dumps(BODY | fields).encode()

    answer = admin.post(
        "/v1/escalations", content=content, headers=KEY | {"Content-Type": "application/json"}
    )

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.content) < 4000
    assert not around.world.store.rows


def test_a_problem_names_the_place_and_never_repeats_what_was_sent(admin: Client) -> None:
    secret = "my card number is 4242"

    answer = admin.post("/v1/escalations", json=BODY | {"reason": secret, "summary": [secret]}, headers=KEY)

    assert [fault["place"] for fault in answer.json()["errors"]] == ["body.reason", "body.summary"]
    assert secret not in answer.text


@pytest.mark.parametrize("content", [b"{", b"[1", b"\xff", b"[" * 60_000, b'{"a":' + b"9" * 5000 + b"}"])
def test_a_body_that_is_not_json_is_refused(admin: Client, content: bytes) -> None:
    headers = KEY | {"Content-Type": "application/json"}

    answer = admin.post("/v1/escalations", content=content, headers=headers)

    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_nobody_on_duty_is_said_honestly_and_still_stored(admin: Client, around: Surroundings) -> None:
    around.world.store.roster.clear()

    row = opened(admin)

    assert (row["status"], row["end_reason"], row["people_told"]) == ("unanswered", "nobody_on_duty", 0)
    assert admin.get(f"/v1/escalations/{row['id']}").json() == row | {"notes": ""}


def test_escalations_are_listed_newest_first_page_by_page(admin: Client, around: Surroundings) -> None:
    for number in range(3):
        around.world.clock.advance(1)
        body = BODY | {"room": f"r{number}"}
        admin.post("/v1/escalations", json=body, headers={"Idempotency-Key": str(number)})

    first = admin.get("/v1/escalations", params={"limit": 2}).json()
    second = admin.get("/v1/escalations", params={"limit": 2, "cursor": first["next_cursor"]}).json()

    assert [row["room"] for row in first["items"]] == ["r2", "r1"]
    assert [row["room"] for row in second["items"]] == ["r0"]
    assert second["next_cursor"] is None


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "status=bored", "order=up"])
def test_a_list_that_is_asked_for_wrongly_is_refused(admin: Client, query: str) -> None:
    answer = admin.get(f"/v1/escalations?{query}")

    assert answer.status_code == 422


@pytest.mark.parametrize("name", ["esc_x", "esc_" + "a" * 27, "x" * 3000, "%00", "esc_" + "A" * 26])
def test_an_id_that_was_never_given_out_is_not_found(admin: Client, name: str) -> None:
    answer = admin.get(f"/v1/escalations/{name}")

    assert (answer.status_code, answer.json()["error"]) == (404, "UnknownEscalationError")


def test_the_agent_may_say_twice_that_it_has_left(admin: Client, around: Surroundings) -> None:
    row = opened(admin)
    around.world.rooms.add("caller-1")
    left = {"agent_identity": "agent-1", "human_identity": "human-agent-maria-1", "cause": "room"}

    first = admin.post(f"/v1/escalations/{row['id']}/ai-left", json=left)
    second = admin.post(f"/v1/escalations/{row['id']}/ai-left", json=left)

    assert first.status_code == second.status_code == 200
    assert first.json()["ai_left_at"] == second.json()["ai_left_at"]


def test_a_caller_who_changes_their_mind_ends_it(admin: Client) -> None:
    row = opened(admin)

    answer = admin.post(f"/v1/escalations/{row['id']}/cancel", json={"cause": "caller_changed_mind"})

    assert (answer.status_code, answer.json()["status"]) == (200, "cancelled")


def test_what_was_said_is_given_to_whom_it_concerns_and_is_not_in_the_row(admin: Client) -> None:
    said = [{"role": "caller", "text": "a person please"}, {"role": "agent", "text": "at once"}]
    row = opened(admin, summary="wants a person", transcript=said)

    words = admin.get(f"/v1/escalations/{row['id']}/words")

    assert words.json() == {
        "summary": "wants a person",
        "transcript": said,
        "notes": "",
        "disposition": None,
    }
    assert "a person please" not in json.dumps(row)


def test_words_that_are_kept_no_longer_are_empty(admin: Client, around: Surroundings) -> None:
    row = opened(admin, summary="wants a person")
    around.world.store.said.clear()

    words = admin.get(f"/v1/escalations/{row['id']}/words").json()

    assert (words["summary"], words["transcript"]) == ("", [])


def test_the_words_of_no_escalation_are_not_found(admin: Client) -> None:
    answer = admin.get(f"/v1/escalations/esc_{'0' * 26}/words")

    assert (answer.status_code, answer.json()["error"]) == (404, "UnknownEscalationError")


def test_a_row_says_from_the_start_that_nobody_promised_anything(admin: Client) -> None:
    row = opened(admin)

    assert [row[name] for name in ("disposition", "eta", "callback")] == [None, None, None]


def test_a_room_says_its_open_escalation_and_its_humans(admin: Client) -> None:
    row = opened(admin, room="a/b c")

    answer = admin.get("/v1/rooms/a%2Fb%20c").json()

    assert answer == {"room": "a/b c", "escalation": row, "human_agents": []}


def test_a_store_that_does_not_answer_is_a_503_that_may_be_retried(
    admin: Client, around: Surroundings
) -> None:
    around.world.store.faults = [UnavailableError("store")]

    answer = admin.post("/v1/escalations", json=BODY, headers=KEY)

    assert (answer.status_code, answer.json()["error"]) == (503, "UnavailableError")
    assert admin.post("/v1/escalations", json=BODY, headers=KEY).status_code == 201


def test_a_direct_join_cannot_be_asked_for(admin: Client) -> None:
    answer = admin.post("/v1/escalations", json=BODY | {"reason": "direct_join"}, headers=KEY)

    assert (answer.status_code, answer.json()["errors"][0]["place"]) == (422, "body.reason")


@pytest.mark.parametrize("identity", ["human-agent-maria-1", " Human-Agent-x"])
def test_a_caller_who_bears_a_human_agents_name_is_refused(
    admin: Client, around: Surroundings, identity: str
) -> None:
    answer = admin.post("/v1/escalations", json=BODY | {"caller_identity": identity}, headers=KEY)

    assert (answer.status_code, answer.json()["error"]) == (422, "ReservedIdentityError")
    assert not around.world.store.rows


@pytest.mark.parametrize("room", [" ", "\u2003 \u00a0", "call\u202e7", "call\u20667", "\ud800"])
def test_a_room_that_nobody_could_read_is_refused(admin: Client, room: str) -> None:
    answer = admin.post("/v1/escalations", content=json.dumps(BODY | {"room": room}), headers=JSON)

    assert (answer.status_code, answer.json()["errors"][0]["place"]) == (422, "body.room")


@pytest.mark.parametrize("body", [b'{"room": "r\xff", "reason": "other"}', b"\xff\xfe{", b'{"room": "\xc3('])
def test_a_body_that_is_not_utf8_is_refused(admin: Client, body: bytes) -> None:
    answer = admin.post("/v1/escalations", content=body, headers=JSON)

    assert answer.status_code == 400
