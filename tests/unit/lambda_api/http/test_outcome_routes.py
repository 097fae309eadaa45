"""What becomes of an escalation over HTTP: handed back, called back, erased; and an agent that is lost."""

from typing import Any

import pytest
from httpx import Client

from tests.unit.lambda_api.http.surroundings import WORKER_KEY, Surroundings

BODY: dict[str, Any] = {"room": "r", "caller_identity": "caller-1", "reason": "caller_request"}
WISH = {"name": "Ada", "phone": "+15005550199", "when": "tomorrow morning"}
WORKER = {"Authorization": f"Bearer {WORKER_KEY}"}
NOBODY = f"/v1/escalations/esc_{'0' * 26}"


def opened(client: Client, **fields: Any) -> str:
    answer = client.post("/v1/escalations", json=BODY | fields, headers={"Idempotency-Key": "k"})
    return f"/v1/escalations/{answer.json()['id']}"


@pytest.fixture
def row(admin: Client, around: Surroundings) -> str:
    around.world.rooms.add("caller-1")
    return opened(admin, summary="wants a person")


@pytest.fixture
def connected(row: str, admin: Client) -> str:
    """Eve came by a seat; the agent heard her and left."""
    seat = admin.post("/v1/join-urls", json={"room": "r", "role": "human_agent", "name": "Eve"}).json()
    left = {"agent_identity": "agent-1", "human_identity": seat["identity"], "cause": "room"}
    assert admin.post(f"{row}/ai-left", json=left).json()["status"] == "connected"
    return row


@pytest.fixture
def unanswered(admin: Client, around: Surroundings) -> str:
    around.world.store.roster.clear()
    return opened(admin)


def test_another_system_hands_a_call_back_under_its_own_name(
    connected: str, admin: Client, around: Surroundings
) -> None:
    answer = admin.post(f"{connected}/hand-back", json={"note": "wants an invoice"})

    assert (answer.status_code, answer.json()["status"]) == (200, "handed_back")
    [entry] = [one for one in answer.json()["timeline"] if one["change"] == "handed_back"]
    assert (entry["actor"], entry["cause"]) == ("admin", "api")
    assert admin.get(f"{connected}/words").json()["notes"] == "wants an invoice"
    assert admin.get(connected).json()["notes"] == "wants an invoice"
    assert [one["resume"] for one in around.world.rooms.dispatched] == [True]


def test_handing_back_takes_no_body_and_twice_is_once(
    connected: str, admin: Client, around: Surroundings
) -> None:
    assert admin.post(f"{connected}/hand-back").status_code == 200
    assert admin.post(f"{connected}/hand-back").json()["status"] == "handed_back"
    assert len(around.world.rooms.dispatched) == 1


def test_a_call_without_a_person_cannot_be_handed_back(row: str, admin: Client) -> None:
    answer = admin.post(f"{row}/hand-back")

    assert (answer.status_code, answer.json()["error"]) == (409, "NotConnectedError")


def test_a_callback_is_stored_for_those_who_may_read_it(unanswered: str, admin: Client) -> None:
    answer = admin.post(f"{unanswered}/callback", json=WISH, headers=WORKER)

    wish = answer.json()["callback"]
    assert answer.status_code == 200
    assert {name: wish[name] for name in WISH} == WISH
    assert wish["asked_at"].endswith("Z")
    assert wish["completed_at"] is None
    assert admin.get("/v1/escalations").json()["items"][0]["callback"] == wish


@pytest.mark.parametrize(
    "wrong",
    [
        {"phone": "015005550199"},
        {"phone": "+1500555019900000"},
        {"phone": ""},
        {"name": "x" * 81},
        {"when": "x" * 121},
        {"when": "a\nb"},
        {"surprise": 1},
    ],
)
def test_a_callback_that_nobody_could_make_is_refused(
    unanswered: str, admin: Client, wrong: dict[str, Any]
) -> None:
    answer = admin.post(f"{unanswered}/callback", json=WISH | wrong)

    assert answer.status_code == 422
    assert admin.get(unanswered).json()["callback"] is None


def test_a_caller_who_gives_only_a_number_can_be_called(unanswered: str, admin: Client) -> None:
    answer = admin.post(f"{unanswered}/callback", json=WISH | {"name": "", "when": ""})

    assert answer.json()["callback"]["phone"] == WISH["phone"]


def test_a_call_that_was_cancelled_takes_no_callback(row: str, admin: Client) -> None:
    admin.post(f"{row}/cancel", json={"cause": "operator"})

    answer = admin.post(f"{row}/callback", json=WISH)

    assert (answer.status_code, answer.json()["error"]) == (410, "EscalationEndedError")


def test_a_callback_is_completed_with_notes_and_without(unanswered: str, admin: Client) -> None:
    admin.post(f"{unanswered}/callback", json=WISH)

    first = admin.post(f"{unanswered}/callback/complete", json={"notes": "all is well"})
    second = admin.post(f"{unanswered}/callback/complete")

    assert first.json()["callback"]["completed_at"] is not None
    assert second.json() == first.json()
    assert admin.get(f"{unanswered}/words").json()["notes"] == "all is well"
    assert admin.get(unanswered).json()["notes"] == "all is well"


def test_a_callback_that_nobody_asked_for_is_not_completed(unanswered: str, admin: Client) -> None:
    answer = admin.post(f"{unanswered}/callback/complete")

    assert (answer.status_code, answer.json()["error"]) == (409, "NoCallbackError")


def test_personal_data_is_erased_and_the_timeline_stays(unanswered: str, admin: Client) -> None:
    admin.post(f"{unanswered}/callback", json=WISH)
    admin.post(f"{unanswered}/callback/complete", json={"notes": "all is well"})
    before = admin.get(unanswered).json()

    answer = admin.delete(f"{unanswered}/personal-data")

    assert (answer.status_code, answer.content) == (204, b"")
    after = admin.get(unanswered)
    assert (before["notes"], after.json()["notes"]) == ("all is well", "")
    assert after.json()["timeline"][:-1] == before["timeline"]
    words = admin.get(f"{unanswered}/words")
    for text in ("Ada", "15005550199", "tomorrow", "all is well"):
        assert text not in after.text + words.text
    assert admin.delete(f"{unanswered}/personal-data").status_code == 204


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "hand-back", {}),
        ("POST", "callback", WISH),
        ("POST", "callback/complete", {}),
        ("DELETE", "personal-data", None),
    ],
)
def test_nothing_becomes_of_no_escalation(
    admin: Client, method: str, path: str, body: dict[str, Any] | None
) -> None:
    answer = admin.request(method, f"{NOBODY}/{path}", json=body)

    assert (answer.status_code, answer.json()["error"]) == (404, "UnknownEscalationError")


LOST = {"agent_identity": "agent-1", "job_id": "AJ_1", "cause": "process_died"}


def test_a_lost_agent_is_removed_and_another_is_called_once(admin: Client, around: Surroundings) -> None:
    around.world.rooms.add("caller-1", room="a/b c")
    around.world.rooms.add("agent-1", room="a/b c")

    first = admin.post("/v1/rooms/a%2Fb%20c/agent-lost", json=LOST, headers=WORKER)
    second = admin.post("/v1/rooms/a%2Fb%20c/agent-lost", json=LOST, headers=WORKER)

    assert (first.status_code, first.json()) == (200, {"dispatched": True})
    assert second.json() == {"dispatched": False}
    assert around.world.rooms.removed == ["agent-1"]
    assert [one["room"] for one in around.world.rooms.dispatched] == ["a/b c"]


def test_no_agent_is_called_into_an_empty_room(admin: Client, around: Surroundings) -> None:
    answer = admin.post("/v1/rooms/r/agent-lost", json={"agent_identity": "agent-1", "cause": "unresponsive"})

    assert answer.json() == {"dispatched": False}
    assert not around.world.rooms.dispatched


@pytest.mark.parametrize("wrong", [{"cause": "boredom"}, {"agent_identity": ""}, {"surprise": 1}])
def test_a_loss_that_is_not_described_is_refused(admin: Client, wrong: dict[str, Any]) -> None:
    assert admin.post("/v1/rooms/r/agent-lost", json=LOST | wrong).status_code == 422


def test_livekit_that_does_not_answer_leaves_the_loss_to_be_told_again(
    admin: Client, around: Surroundings
) -> None:
    around.world.rooms.down = True

    assert admin.post("/v1/rooms/r/agent-lost", json=LOST).status_code == 503


def test_an_agent_that_has_to_leave_is_relieved_once(admin: Client, around: Surroundings) -> None:
    around.world.rooms.add("caller-1", room="a/b c")
    around.world.rooms.add("agent-1", room="a/b c")
    leaving = {"agent_identity": "agent-1", "job_id": "AJ_1"}

    first = admin.post("/v1/rooms/a%2Fb%20c/agent-leaving", json=leaving, headers=WORKER)
    second = admin.post("/v1/rooms/a%2Fb%20c/agent-leaving", json=leaving, headers=WORKER)

    assert (first.status_code, first.json()) == (200, {"dispatched": True})
    assert second.json() == {"dispatched": False}
    assert [one["replaces"] for one in around.world.rooms.relieved] == ["agent-1"]
