"""The desk over HTTP: no oracle at its door, nothing that a scanner could set off, and no word of callers."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from httpx import Client

from lambda_api.escalations import looking
from lambda_api.escalations.models import HumanAgent
from tests.unit.lambda_api.http.surroundings import CALL, Surroundings

JSON = {"Accept": "application/json"}
POLL = {"Accept": "application/json", "X-Handoff-Poll": "1"}
EMPTY_NUMBERS = {"answered": 0, "unanswered": 0, "abandoned": 0, "median_answer_s": None}


def way_in(client: Client, around: Surroundings, who: str = "maria") -> str:
    """The path of the link that the person is sent."""
    assert client.post("/desk/sign-in", json={"who": who}).status_code == 202
    for look_id, _, chain in around.world.timers.queued:
        looking.look(around.world.ports, look_id, chain=chain)
    found = re.search(r"http://127\.0\.0\.1:8080(/desk/in/[\w-]{22})", around.world.notifier.texts[-1][1])
    assert found
    return found[1]


@pytest.fixture
def desk(browser: Callable[[], Client], around: Surroundings) -> Client:
    """Maria's browser, signed in."""
    client = browser()
    assert client.post(way_in(client, around), headers=JSON).status_code == 200
    return client


@pytest.fixture
def waiting(admin: Client) -> str:
    row = admin.post("/v1/escalations", json=CALL | {"summary": "s"}, headers={"Idempotency-Key": "k"})
    return str(row.json()["id"])


@pytest.mark.parametrize(
    "who", ["maria", "+15005550101", "nobody", "+15005550999", "eva@example.com", " maria ", "'; --"]
)
def test_asking_for_a_link_is_answered_the_same_whoever_it_is(stranger: Client, who: str) -> None:
    answers = [stranger.post("/desk/sign-in", json={"who": who}) for _ in range(5)]

    assert {(one.status_code, one.text) for one in answers} == {(202, "{}")}
    assert not any("set-cookie" in one.headers for one in answers)


def test_a_form_may_ask_too(stranger: Client, around: Surroundings) -> None:
    assert stranger.post("/desk/sign-in", data={"who": "maria"}).status_code == 202
    assert around.world.store.asked["maria"]


@pytest.mark.parametrize("body", [{}, {"who": ""}, {"who": "x" * 255}, {"who": "a\nb"}, {"who": "x", "a": 1}])
def test_a_question_out_of_bounds_is_refused_without_repeating_it(
    stranger: Client, body: dict[str, Any]
) -> None:
    answer = stranger.post("/desk/sign-in", json=body)

    assert answer.status_code == 422
    assert "x" * 255 not in answer.text


@pytest.mark.parametrize("path", ["/desk/sign-in", "/desk/sign-out", "/desk/me", f"/desk/in/{'A' * 22}"])
@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_sites_page_may_press_nothing(
    desk: Client, around: Surroundings, path: str, headers: dict[str, str]
) -> None:
    sessions = dict(around.world.store.sessions)

    answer = desk.post(path, json={"who": "maria", "state": "away"}, headers=headers | JSON)

    assert (answer.status_code, answer.json()["error"]) == (403, "CrossSiteError")
    assert around.world.store.sessions == sessions


def test_a_scanner_that_loads_the_link_signs_nobody_in(
    stranger: Client, around: Surroundings, browser: Callable[[], Client]
) -> None:
    path = way_in(stranger, around)

    answers = [browser().request(method, path) for method in ("GET", "HEAD", "GET", "OPTIONS") * 5]

    assert not around.world.store.sessions
    assert not any("set-cookie" in one.headers for one in answers)
    assert browser().post(path, headers=JSON).status_code == 200


def test_the_page_of_the_link_has_one_button_and_runs_nothing(stranger: Client) -> None:
    path = f"/desk/in/{'A' * 22}"

    answer = stranger.get(path)

    assert answer.status_code == 200
    assert answer.text.count("<button") == 1
    assert f'<form method="post" action="{path}">' in answer.text
    assert "<script" not in answer.text
    assert "script-src" not in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"


def test_a_press_signs_in_and_leads_to_the_desk(stranger: Client, around: Surroundings) -> None:
    answer = stranger.post(way_in(stranger, around), follow_redirects=False)

    cookie = answer.headers["set-cookie"]
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    assert re.match(r"handoff_desk=[\w-]{32};", cookie)
    assert {"HttpOnly", "Path=/desk", "SameSite=strict", "Secure", "Max-Age=43200"} <= set(cookie.split("; "))
    assert cookie.split(";")[0].split("=")[1] not in str(around.world.store)


@pytest.mark.parametrize("code", ["A" * 22, "short", "%3Cscript%3E", "x" * 2000])
def test_a_code_that_does_not_work_is_always_the_same_answer(stranger: Client, code: str) -> None:
    answer = stranger.post(f"/desk/in/{code}", headers=JSON)
    page = stranger.post(f"/desk/in/{code}", headers={"Accept": "text/html"})

    assert (answer.status_code, answer.json()["error"]) == (410, "SignInRefusedError")
    assert page.status_code == 410
    assert "This link does not sign you in" in page.text
    assert "<script" not in page.text


def test_a_code_works_once(stranger: Client, around: Surroundings, browser: Callable[[], Client]) -> None:
    path = way_in(stranger, around)

    assert [browser().post(path, headers=JSON).status_code for _ in range(3)] == [200, 410, 410]


def test_the_desks_page_is_the_same_for_everybody(stranger: Client, desk: Client) -> None:
    assert stranger.get("/desk").text == desk.get("/desk").text
    assert "needs JavaScript" in stranger.get("/desk").text
    assert stranger.head("/desk").status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/desk/state"), ("POST", "/desk/me"), ("POST", f"/desk/escalations/esc_{'0' * 26}/link")],
)
@pytest.mark.parametrize("cookie", [None, "A" * 32, "short", "é"])
def test_nobody_who_is_not_signed_in_sees_or_does_anything(
    stranger: Client, method: str, path: str, cookie: str | None
) -> None:
    headers = {b"Cookie": f"handoff_desk={cookie}".encode()} if cookie else {}

    answer = stranger.request(method, path, json={"state": "away"}, headers=headers)

    assert (answer.status_code, answer.json()["error"]) == (401, "NotSignedInError")
    assert "www-authenticate" not in answer.headers


def test_the_desk_shows_the_queue_and_not_a_word_about_callers(
    desk: Client, waiting: str, around: Surroundings
) -> None:
    around.world.clock.advance(20)

    answer = desk.get("/desk/state", headers=POLL)

    state = answer.json()
    assert state["me"] == {"id": "maria", "name": "Maria", "state": "available"}
    assert state["now"] == "2026-11-24T12:00:20.000Z"
    assert state["waiting"] == [
        {
            "escalation_id": waiting,
            "reason": "caller_request",
            "team": "<b>sales</b>",
            "language": None,
            "waiting_since": "2026-11-24T12:00:00.000Z",
            "taken": None,
            "eta": None,
        }
    ]
    assert (state["in_call"], state["ended_today"]) == ([], [])
    hours = state["numbers"].pop("by_hour")
    assert state["numbers"] == EMPTY_NUMBERS
    assert hours == [{"hour": hour, **EMPTY_NUMBERS} for hour in range(13)]
    assert "caller-1" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_the_desk_shows_who_talks_and_what_ended(
    desk: Client, waiting: str, admin: Client, around: Surroundings
) -> None:
    seat = admin.post("/v1/join-urls", json={"room": "r", "role": "human_agent", "name": "Eve"}).json()
    taken = desk.get("/desk/state", headers=POLL).json()["waiting"][0]["taken"]
    around.world.clock.advance(12.5)
    left = {"agent_identity": "agent-1", "human_identity": seat["identity"], "cause": "room"}
    admin.post(f"/v1/escalations/{waiting}/ai-left", json=left)
    talking = desk.get("/desk/state", headers=POLL).json()
    admin.post(f"/v1/escalations/{waiting}/cancel", json={"cause": "operator"})
    after = desk.get("/desk/state", headers=POLL).json()

    assert taken == {"name": "Eve", "since": "2026-11-24T12:00:00.000Z"}
    assert talking["in_call"] == [
        {"escalation_id": waiting, "name": "Eve", "since": "2026-11-24T12:00:12.500Z", "mine": False}
    ]
    assert after["ended_today"] == [
        {
            "reason": "caller_request",
            "status": "completed",
            "ended_at": "2026-11-24T12:00:12.500Z",
            "waited_s": 12.5,
        }
    ]
    assert after["numbers"]["answered"] == 1
    assert after["numbers"]["median_answer_s"] == 12.5


def test_whoever_is_away_says_so_themselves(desk: Client, around: Surroundings, admin: Client) -> None:
    away = desk.post("/desk/me", json={"state": "away"})
    texts = len(around.world.notifier.texts)
    row = admin.post("/v1/escalations", json=CALL, headers={"Idempotency-Key": "k"}).json()

    assert away.json()["state"] == "away"
    assert desk.get("/desk/state", headers=POLL).json()["me"]["state"] == "away"
    assert (row["status"], row["end_reason"]) == ("unanswered", "nobody_on_duty")
    assert len(around.world.notifier.texts) == texts
    assert admin.get("/v1/human-agents/maria").json()["away_since"] == "2026-11-24T12:00:00.000Z"
    assert desk.post("/desk/me", json={"state": "available"}).json()["state"] == "available"
    assert desk.post("/desk/me", json={"state": "asleep"}).status_code == 422


def test_a_call_is_taken_from_the_desk_by_ones_own_link(desk: Client, waiting: str) -> None:
    url = desk.post(f"/desk/escalations/{waiting}/link").json()["url"]

    seen = desk.get(url, headers=JSON).json()
    claimed = desk.post(f"{url}/claim", headers=JSON)

    assert re.fullmatch(r"/j/[\w-]{22}", url)
    assert (seen["state"], seen["you"]) == ("waiting", {"name": "Maria"})
    assert claimed.json()["escalation_id"] == waiting


def test_a_link_to_a_taken_or_an_ended_call_is_refused(desk: Client, waiting: str, admin: Client) -> None:
    path = f"/desk/escalations/{waiting}/link"
    admin.post("/v1/join-urls", json={"room": "r", "role": "human_agent", "name": "Eve"})
    taken = desk.post(path)
    admin.post(f"/v1/escalations/{waiting}/cancel", json={"cause": "operator"})
    ended = desk.post(path)
    unknown = desk.post("/desk/escalations/nonsense/link")

    assert (taken.status_code, taken.json()["who"]) == (409, "Eve")
    assert (ended.status_code, unknown.status_code) == (410, 404)


def test_signing_out_ends_the_session_for_every_copy_of_the_cookie(
    desk: Client, browser: Callable[[], Client]
) -> None:
    copy = browser()
    copy.cookies.set("handoff_desk", desk.cookies["handoff_desk"], path="/desk")
    assert copy.get("/desk/state").status_code == 200

    answer = desk.post("/desk/sign-out", headers=JSON)

    assert answer.status_code == 200
    assert 'handoff_desk=""' in answer.headers["set-cookie"]
    assert copy.get("/desk/state").status_code == 401
    assert desk.get("/desk/state").status_code == 401
    assert desk.post("/desk/sign-out", headers=JSON).status_code == 200


def test_only_what_a_person_does_keeps_them_signed_in(desk: Client, around: Surroundings) -> None:
    for _ in range(3):
        around.world.clock.advance(25 * 60)
        assert desk.get("/desk/state", headers=JSON).status_code == 200

    for headers in (POLL, POLL):
        around.world.clock.advance(10 * 60)
        assert desk.get("/desk/state", headers=headers).status_code == 200
    around.world.clock.advance(10 * 60)

    assert desk.get("/desk/state", headers=POLL).status_code == 401


def test_a_sign_in_text_says_nothing_but_the_way(stranger: Client, around: Surroundings) -> None:
    way_in(stranger, around)

    [(_, text)] = around.world.notifier.texts
    assert re.fullmatch(
        r"Sign in to the desk, once and within ten minutes: http://127\.0\.0\.1:8080/desk/in/[\w-]{22}", text
    )


def test_no_log_holds_a_way_in_or_whose_it_is(
    stranger: Client, around: Surroundings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    around.world.store.put_person(HumanAgent(id="eva", name="Eva", phone="+15005550104"))
    for who in ("+15005550104", "eva.unknown@example.com") * 5:
        stranger.post("/desk/sign-in", json={"who": who})
    path = way_in(stranger, around)
    for _ in range(2):
        stranger.post(path)

    told = str([vars(record) for record in caplog.records if record.name.startswith("lambda_api")])
    assert "'error': 'SignInRefusedError'" in told
    assert "5550104" not in told
    assert "eva.unknown" not in told
    assert path.rsplit("/", 1)[1] not in told
