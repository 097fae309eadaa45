"""What a person can say by their link beside Join, by a form and by JSON, and what they may not say."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from httpx import Client

from lambda_api.escalations.models import HumanAgent
from tests.unit.lambda_api.http.surroundings import Surroundings

Browser = Callable[[], Client]
JSON = {"Accept": "application/json"}
PAGE = {"Accept": "text/html"}
SAYINGS = [
    ("eta", {"minutes": 2}),
    ("decline", {}),
    ("hand-back", {}),
    ("complete", {"disposition": "resolved"}),
]


class Forms(HTMLParser):
    """The forms of a page: where each posts to and what it calls its fields."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fields: dict[str, set[str]] = {}
        self.labelled: set[str] = set()
        self.needing_labels: set[str] = set()
        self._action = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            assert given["method"] == "post"
            self._action = given["action"].rsplit("/", 1)[1]
            self.fields[self._action] = set()
        if tag in ("button", "select", "textarea") and "name" in given:
            self.fields[self._action].add(given["name"])
        if tag in ("select", "textarea"):
            self.needing_labels.add(given["id"])
        if tag == "label":
            self.labelled.add(given["for"])


def the_row(admin: Client) -> dict[str, Any]:
    row: dict[str, Any] = admin.get("/v1/escalations").json()["items"][0]
    return row


def nudges(around: Surroundings, kind: str) -> list[Any]:
    return [nudge for nudge in around.world.rooms.nudges if nudge["type"] == kind]


@pytest.fixture
def maria(browser: Browser) -> Client:
    """Maria's browser."""
    return browser()


@pytest.fixture
def claimed(link: str, maria: Client, around: Surroundings) -> dict[str, Any]:
    around.world.rooms.add("caller-1")
    answer: dict[str, Any] = maria.post(f"{link}/claim", headers=JSON).json()
    return answer


@pytest.fixture
def connected(claimed: dict[str, Any], admin: Client) -> None:
    """The agent heard her and left."""
    left = {"agent_identity": "agent-1", "human_identity": claimed["identity"], "cause": "room"}
    answer = admin.post(f"/v1/escalations/{claimed['escalation_id']}/ai-left", json=left)
    assert answer.json()["status"] == "connected"


def test_the_page_offers_to_come_later_and_not_to_come(link: str, maria: Client) -> None:
    text = maria.get(link).text

    assert Forms(text).fields == {"claim": set(), "eta": {"minutes"}, "decline": set()}
    for words in ("I can be there in 2 minutes", "on my way", "cannot"):
        assert words in text


def test_somebody_on_their_way_is_waited_for_and_the_ai_is_told(
    link: str, maria: Client, admin: Client, around: Surroundings
) -> None:
    answer = maria.post(f"{link}/eta", data={"minutes": "2"}, headers=JSON)

    assert (answer.status_code, answer.json()) == (200, {"status": "notified", "minutes": 2})
    row = the_row(admin)
    assert (row["eta"]["name"], row["eta"]["minutes"]) == ("Maria", 2)
    assert row["timeline"][-1]["change"] == "eta"
    assert [(one["name"], one["minutes"]) for one in nudges(around, "eta")] == [("Maria", 2)]


def test_a_program_says_the_same_in_json(link: str, maria: Client) -> None:
    answer = maria.post(f"{link}/eta", json={"minutes": 0}, headers=JSON)

    assert answer.json() == {"status": "notified", "minutes": 0}


@pytest.mark.parametrize(("minutes", "words"), [("2", "Maria comes in about 2 minutes"), ("0", "on the way")])
def test_a_page_confirms_when_somebody_comes_and_the_link_shows_it_to_them(
    link: str, maria: Client, minutes: str, words: str
) -> None:
    page = maria.post(f"{link}/eta", data={"minutes": minutes}, headers=PAGE)

    assert page.status_code == 200
    assert words in page.text
    assert Forms(page.text).fields == {"claim": set(), "decline": set()}
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert words in maria.get(link).text


@pytest.mark.parametrize(
    "content",
    [
        "minutes=31",
        "minutes=-1",
        "minutes=soon",
        "minutes=2&surprise=1",
        "",
        "minutes=%ff",
        "&".join(["minutes=2"] * 11),
    ],
)
def test_a_form_that_is_not_ours_is_refused(
    link: str, maria: Client, around: Surroundings, content: str
) -> None:
    headers = JSON | {"Content-Type": "application/x-www-form-urlencoded"}

    answer = maria.post(f"{link}/eta", content=content, headers=headers)

    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert not nudges(around, "eta")


def test_a_fault_in_a_posted_body_is_named_by_its_place(link: str, maria: Client) -> None:
    answer = maria.post(f"{link}/eta", json={"minutes": 99}, headers=JSON)

    assert [fault["place"] for fault in answer.json()["errors"]] == ["body.minutes"]


@pytest.mark.parametrize("content", [b"{", b"\xff", b"[" * 60_000])
def test_a_posted_body_that_is_not_json_is_refused(link: str, maria: Client, content: bytes) -> None:
    answer = maria.post(f"{link}/eta", content=content, headers=JSON | {"Content-Type": "application/json"})

    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_whoever_cannot_come_is_skipped_and_reads_what_that_means(
    link: str, maria: Client, admin: Client, around: Surroundings
) -> None:
    around.world.rooms.add("caller-1")

    page = maria.post(f"{link}/decline", headers=PAGE)

    assert (page.status_code, the_row(admin)["status"]) == (200, "unanswered")
    assert "Nobody answered in time" in page.text


def test_a_program_declines_in_json(link: str, maria: Client, around: Surroundings) -> None:
    around.world.rooms.add("caller-1")

    answer = maria.post(f"{link}/decline", headers=JSON)

    assert (answer.status_code, answer.json()) == (200, {"status": "unanswered"})


def test_whoever_declined_may_still_join_while_others_are_asked(
    link: str, maria: Client, around: Surroundings
) -> None:
    around.world.rooms.add("caller-1")
    around.world.store.put_person(HumanAgent(id="jonas", name="Jonas", tier=2, phone="+15005550102"))

    page = maria.post(f"{link}/decline", headers=PAGE)

    assert set(Forms(page.text).fields) == {"claim"}
    looked = maria.get(link)
    assert "You said that you cannot take it" in looked.text
    assert set(Forms(looked.text).fields) == {"claim", "eta"}
    assert [phone for phone, _ in around.world.notifier.texts] == ["+15005550101", "+15005550102"]


def test_before_anybody_has_the_call_it_can_be_neither_handed_back_nor_ended(
    link: str, maria: Client
) -> None:
    for action, body in SAYINGS[2:]:
        answer = maria.post(f"{link}/{action}", json=body, headers=JSON)
        assert (answer.status_code, answer.json()["error"]) == (409, "NotConnectedError")


@pytest.mark.usefixtures("claimed")
def test_a_page_that_refuses_leads_back_to_the_call(link: str, maria: Client) -> None:
    early = maria.post(f"{link}/complete", data={"disposition": "other"}, headers=PAGE)
    wrong = maria.post(f"{link}/complete", data={"disposition": "bored"}, headers=PAGE)

    assert (early.status_code, wrong.status_code) == (409, 422)
    assert "Nobody hears you yet" in early.text
    for page in (early, wrong):
        assert f'<a href="{link}">Back to the call</a>' in page.text


def test_a_page_leads_back_to_no_call_that_is_over(link: str, maria: Client, admin: Client) -> None:
    admin.post(f"/v1/escalations/{the_row(admin)['id']}/cancel", json={"cause": "caller_left"})

    page = maria.post(f"{link}/eta", data={"minutes": "2"}, headers=PAGE)

    assert (page.status_code, "Back to" in page.text) == (410, False)


@pytest.mark.usefixtures("claimed")
def test_who_has_the_call_finds_a_labelled_way_to_hand_it_back_and_to_end_it(
    link: str, maria: Client
) -> None:
    for text in (maria.post(f"{link}/claim", headers=PAGE).text, maria.get(link).text):
        forms = Forms(text)
        assert forms.fields["complete"] == {"disposition", "notes"}
        assert forms.fields["hand-back"] == {"note"}
        assert forms.labelled == forms.needing_labels == {"disposition", "notes", "note"}
        assert not re.search(r"<script|<style| on\w+=", text)


@pytest.mark.usefixtures("claimed")
def test_another_browser_finds_no_such_way(link: str, browser: Browser) -> None:
    assert set(Forms(browser().get(link).text).fields) == {"claim"}


@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize(("action", "body"), [SAYINGS[0], *SAYINGS[2:]])
def test_only_the_browser_that_took_the_call_may_speak_for_its_person(
    link: str, browser: Browser, admin: Client, action: str, body: dict[str, Any]
) -> None:
    answer = browser().post(f"{link}/{action}", json=body, headers=JSON)

    assert (answer.status_code, answer.json()["error"]) == (403, "SeatNotHeldError")
    assert the_row(admin)["status"] == "connected"


@pytest.mark.usefixtures("connected")
def test_a_call_is_handed_back_with_a_note_for_the_ai(
    link: str, maria: Client, admin: Client, around: Surroundings
) -> None:
    answer = maria.post(f"{link}/hand-back", data={"note": "wants an invoice\r\nby mail"}, headers=JSON)

    assert (answer.status_code, answer.json()) == (200, {"status": "handed_back"})
    row = the_row(admin)
    assert row["end_reason"] == "handed_back"
    assert row["timeline"][-2]["actor"] == "human_agent:maria"
    assert admin.get(f"/v1/escalations/{row['id']}/words").json()["notes"] == "wants an invoice\nby mail"
    assert [one["resume"] for one in around.world.rooms.dispatched] == [True]
    gone = maria.get(link)
    assert (gone.status_code, "handed back" in gone.text) == (410, True)


@pytest.mark.usefixtures("connected")
def test_handing_back_needs_no_words_and_twice_is_once(
    link: str, maria: Client, around: Surroundings
) -> None:
    first = maria.post(f"{link}/hand-back", headers=PAGE)
    second = maria.post(f"{link}/hand-back", headers=JSON)

    assert "The AI takes over" in first.text
    assert (second.status_code, second.json()) == (200, {"status": "handed_back"})
    assert len(around.world.rooms.dispatched) == 1


@pytest.mark.usefixtures("connected")
def test_a_call_that_is_done_says_once_what_became_of_it(link: str, maria: Client, admin: Client) -> None:
    form = {"disposition": "follow_up", "notes": "send the invoice"}
    first = maria.post(f"{link}/complete", data=form, headers=PAGE)
    second = maria.post(f"{link}/complete", json={"disposition": "resolved"}, headers=JSON)

    row = the_row(admin)
    assert (first.status_code, "Somebody has to follow up" in first.text) == (200, True)
    assert second.json() == {"status": "completed", "disposition": "follow_up"}
    assert (row["status"], row["end_reason"], row["disposition"]) == (
        "completed",
        "human_completed",
        "follow_up",
    )
    words = admin.get(f"/v1/escalations/{row['id']}/words").json()
    assert (words["notes"], words["disposition"]) == ("send the invoice", "follow_up")
    assert "send the invoice" not in str(row)


@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize(
    "body",
    [
        {},
        {"disposition": "bored"},
        {"disposition": "other", "notes": "x" * 2001},
        {"disposition": "other", "notes": "a\x00b"},
    ],
)
def test_an_end_without_a_known_word_for_it_is_refused(
    link: str, maria: Client, admin: Client, body: dict[str, Any]
) -> None:
    assert maria.post(f"{link}/complete", json=body, headers=JSON).status_code == 422
    assert the_row(admin)["status"] == "connected"


@pytest.mark.parametrize(("action", "body"), SAYINGS)
def test_another_sites_form_says_nothing_for_anybody(
    link: str, maria: Client, around: Surroundings, action: str, body: dict[str, Any]
) -> None:
    commits = len(around.world.store.commits)

    answer = maria.post(f"{link}/{action}", data=body, headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403
    assert len(around.world.store.commits) == commits


@pytest.mark.parametrize(("action", "body"), SAYINGS)
def test_a_link_that_nobody_got_says_nothing(browser: Browser, action: str, body: dict[str, Any]) -> None:
    answer = browser().post(f"/j/{'A' * 22}/{action}", json=body, headers=JSON)

    assert (answer.status_code, answer.json()["error"]) == (404, "UnknownLinkError")


@pytest.mark.parametrize("action", [action for action, _ in SAYINGS])
def test_looking_at_an_answer_is_not_giving_it(link: str, maria: Client, action: str) -> None:
    assert maria.get(f"{link}/{action}").status_code == 405


@pytest.mark.usefixtures("link")
def test_a_seats_page_offers_only_the_way_in(admin: Client, browser: Browser) -> None:
    seat = admin.post("/v1/join-urls", json={"room": "other", "role": "caller", "name": "Ada"}).json()

    assert set(Forms(browser().get(seat["url"]).text).fields) == {"claim"}


def test_a_human_agent_by_a_seat_can_hand_back_too(
    admin: Client, browser: Browser, around: Surroundings
) -> None:
    around.world.rooms.add("caller-1")
    opened = {"room": "r", "caller_identity": "caller-1", "reason": "other"}
    row = admin.post("/v1/escalations", json=opened, headers={"Idempotency-Key": "k"}).json()
    seat = admin.post("/v1/join-urls", json={"room": "r", "role": "human_agent", "name": "Eve"}).json()
    eve = browser()
    joined = eve.post(f"{seat['url']}/claim", headers=JSON).json()
    left = {"agent_identity": "agent-1", "human_identity": joined["identity"], "cause": "room"}
    admin.post(f"/v1/escalations/{row['id']}/ai-left", json=left)

    assert "hand-back" in Forms(eve.get(seat["url"]).text).fields
    answer = eve.post(f"{seat['url']}/hand-back", headers=JSON)

    assert (answer.status_code, answer.json()) == (200, {"status": "handed_back"})
