"""Join URLs, the page behind a link, and who gets the call."""

import re
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from httpx import Client

from lambda_api.escalations.models import HumanAgent
from tests.unit.lambda_api.http.surroundings import API_SECRET, CALL, Surroundings

Browser = Callable[[], Client]


def claims(token: str) -> dict[str, Any]:
    decoded: dict[str, Any] = jwt.decode(token, API_SECRET, algorithms=["HS256"])
    return decoded


def test_a_caller_gets_a_token_that_brings_the_agent(admin: Client) -> None:
    answer = admin.post("/v1/join-urls", json={"room": "r", "role": "caller", "name": "Ada"})

    join = answer.json()
    assert answer.status_code == 201
    assert re.fullmatch(r"https://handoff\.example/j/[\w-]{22}", join["url"])
    assert join["meet_url"].startswith(
        "https://meet.livekit.io/custom?liveKitUrl=wss%3A%2F%2Flivekit.example"
    )
    told = claims(join["token"])
    assert told["sub"] == join["identity"]
    assert join["identity"].startswith("caller-")
    [agent] = told["roomConfig"]["agents"]
    assert agent["agentName"] == "handoff-agent"
    assert join["identity"] in agent["metadata"]


@pytest.mark.parametrize("identity", ["human-agent-x", "agent-1", "human-agent-"])
def test_a_caller_may_not_look_like_one_of_us(admin: Client, identity: str) -> None:
    answer = admin.post("/v1/join-urls", json={"room": "r", "role": "caller", "identity": identity})

    assert (answer.status_code, answer.json()["error"]) == (422, "ReservedIdentityError")


def test_an_observer_is_hidden_and_silent(admin: Client) -> None:
    join = admin.post("/v1/join-urls", json={"room": "r", "role": "observer"}).json()

    grants = claims(join["token"])["video"]
    assert (grants["hidden"], grants["canPublish"], grants["canSubscribe"]) == (True, False, True)


def test_a_human_agents_url_takes_the_open_call_and_the_second_one_is_refused(admin: Client) -> None:
    row = admin.post("/v1/escalations", json=CALL, headers={"Idempotency-Key": "k"}).json()

    join = admin.post("/v1/join-urls", json={"room": "r", "role": "human_agent", "name": "Eve"}).json()
    second = admin.post("/v1/join-urls", json={"room": "r", "role": "human_agent", "name": "Bob"})

    assert claims(join["token"])["attributes"]["handoff.escalation"] == row["id"]
    assert admin.get(f"/v1/escalations/{row['id']}").json()["claim"]["identity"] == join["identity"]
    assert (second.status_code, second.json()["who"]) == (409, "Eve")


def test_looking_at_a_link_changes_nothing_however_often(
    link: str, browser: Browser, around: Surroundings
) -> None:
    commits = len(around.world.store.commits)

    for method in ("GET", "HEAD", "GET", "OPTIONS"):
        browser().request(method, link)

    assert len(around.world.store.commits) == commits


def test_the_page_shows_the_need_and_the_way_in_and_nothing_that_could_run(
    link: str, browser: Browser, around: Surroundings
) -> None:
    around.world.clock.advance(75)

    answer = browser().get(link)

    assert answer.status_code == 200
    assert "The caller asked for a person" in answer.text
    assert "1 min 15 s" in answer.text
    assert "&lt;b&gt;sales&lt;/b&gt;" in answer.text
    assert f'<form method="post" action="{link}/claim">' in answer.text
    assert not re.search(r"<script|<style|<b>| on\w+=|caller-1|\broom\b", answer.text)
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert "noindex" in answer.headers["x-robots-tag"]


def test_pressing_join_gives_one_minutes_token_for_one_room_with_a_microphone(
    link: str, browser: Browser
) -> None:
    answer = browser().post(f"{link}/claim", headers={"Accept": "application/json"})

    join = answer.json()
    told = claims(join["token"])
    assert answer.status_code == 200
    assert re.fullmatch(r"human-agent-maria-\w+", join["identity"])
    assert join["livekit_url"] == "wss://livekit.example"
    assert told["exp"] - told["nbf"] == 60
    assert told["video"] == {
        "roomJoin": True,
        "room": "r",
        "canPublish": True,
        "canPublishSources": ["microphone"],
        "canSubscribe": True,
        "canPublishData": True,
        "canUpdateOwnMetadata": False,
        "hidden": False,
    }
    assert told["attributes"]["handoff.escalation"] == join["escalation_id"]


def test_a_browser_that_pressed_gets_a_page_that_opens_meet(link: str, browser: Browser) -> None:
    answer = browser().post(f"{link}/claim", headers={"Accept": "text/html"})

    assert answer.status_code == 200
    assert (
        'href="https://meet.livekit.io/custom?liveKitUrl=wss%3A%2F%2Flivekit.example&amp;token=eyJ'
        in answer.text
    )
    assert 'rel="noreferrer"' in answer.text
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_the_seat_cookie_is_bound_to_the_link_and_out_of_reach_of_scripts(
    link: str, browser: Browser
) -> None:
    cookie = browser().post(f"{link}/claim").headers["set-cookie"]

    assert re.match(r"handoff_seat=[\w-]{32};", cookie)
    assert {"HttpOnly", f"Path={link}", "SameSite=lax", "Secure"} <= set(cookie.split("; "))


def test_a_claim_whose_answer_is_lost_is_this_browsers_all_the_same(link: str, browser: Browser) -> None:
    shown, stranger = browser(), browser()
    page = shown.get(link, headers={"Accept": "text/html"})
    named = page.headers["set-cookie"]
    assert {"HttpOnly", f"Path={link}", "SameSite=lax", "Secure"} <= set(named.split("; "))

    lost = stranger.post(f"{link}/claim", headers={"Cookie": named.split(";")[0]})
    again = shown.post(f"{link}/claim", headers={"Accept": "application/json"})

    assert (lost.status_code, again.status_code) == (200, 200)
    assert "set-cookie" not in shown.get(link, headers={"Accept": "text/html"}).headers
    assert browser().post(f"{link}/claim").status_code == 409


def test_the_winner_may_come_back_as_somebody_new_and_others_are_told_who_has_it(
    link: str, browser: Browser
) -> None:
    winner, late = browser(), browser()
    first = winner.post(f"{link}/claim", headers={"Accept": "application/json"}).json()

    again = winner.post(f"{link}/claim", headers={"Accept": "application/json"}).json()
    lost = late.post(f"{link}/claim", headers={"Accept": "application/json"})
    page = late.post(f"{link}/claim", headers={"Accept": "text/html"})

    assert again["identity"] != first["identity"]
    assert (lost.status_code, lost.json()["error"], lost.json()["who"]) == (
        409,
        "AlreadyClaimedError",
        "Maria",
    )
    assert lost.json()["since"].endswith("Z")
    assert page.status_code == 409
    assert "Maria took this call" in page.text
    assert "Maria took this call" in late.get(link).text


def test_a_call_that_is_over_is_gone(link: str, admin: Client, browser: Browser) -> None:
    [row] = admin.get("/v1/escalations").json()["items"]
    admin.post(f"/v1/escalations/{row['id']}/cancel", json={"cause": "caller_left"})

    page, press = browser().get(link), browser().post(f"{link}/claim")

    assert (page.status_code, press.status_code) == (410, 410)
    assert "This call is over" in page.text


@pytest.mark.parametrize("code", ["A" * 22, "short", "A" * 2000, "%3Cscript%3E", "..%2f" * 4])
def test_a_link_that_nobody_got_is_not_known(browser: Browser, code: str) -> None:
    answer = browser().get(f"/j/{code}")

    assert answer.status_code == 404
    assert "script" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "https://handoff.example"}, 200),
        ({"Origin": "null"}, 200),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "https://handoff.example.evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_only_our_own_page_may_press(
    link: str, browser: Browser, headers: dict[str, str], status: int
) -> None:
    assert browser().post(f"{link}/claim", headers=headers).status_code == status


def test_a_name_is_never_markup(admin: Client, browser: Browser, around: Surroundings) -> None:
    around.world.store.put_person(HumanAgent(id="maria", name="<img src=x>", phone="+15005550101"))
    admin.post("/v1/escalations", json=CALL, headers={"Idempotency-Key": "k"})
    found = re.search(r"/j/[\w-]{22}", around.world.notifier.texts[0][1])
    assert found

    text = browser().post(f"{found[0]}/claim").text + browser().get(found[0]).text

    assert "&lt;img" in text
    assert "<img" not in text
