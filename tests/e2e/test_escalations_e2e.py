"""What another system meets: idempotent requests, links that only a press uses, one winner."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx

from local.rehearsal.desk import link_in
from local.rehearsal.sms import look_at
from tests.e2e.conftest import Asked, Inbox
from tests.e2e.watching import never

_JSON = {"Accept": "application/json"}
_NAMES = ("Maria", "Jonas", "caller-e2e")
_SCANNER = {"User-Agent": "Mozilla/5.0 (compatible; LinkScanner/1.0)"}


def test_two_posts_of_one_request_give_one_row_and_one_sms(
    asked: Asked, inbox: Inbox, api: httpx.Client
) -> None:
    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda _turn: asked.post(), range(2)))
    answers.append(asked.post())

    assert {answer.status_code for answer in answers} <= {201, 409}
    assert answers[-1].status_code == httpx.codes.CREATED
    items = api.get("/v1/escalations", params={"limit": 50}).json()["items"]
    assert [each["id"] for each in items if each["room"] == asked.body["room"]] == [answers[-1].json()["id"]]
    inbox.first_sms()
    never("a second SMS", lambda: len(inbox.new_sms()) > 1, for_s=2)


def test_another_request_for_the_same_call_gives_the_open_escalation(asked: Asked, inbox: Inbox) -> None:
    first = asked.post()

    second = asked.post(key=uuid4().hex)

    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json()["id"] == first.json()["id"]
    inbox.first_sms()
    never("a second SMS", lambda: len(inbox.new_sms()) > 1, for_s=2)


def test_the_sms_is_one_gsm7_segment_and_gives_nothing_away(asked: Asked, inbox: Inbox) -> None:
    asked.post()

    sms = inbox.first_sms()

    facts = look_at(str(sms["body"]), names=_NAMES)
    assert facts.complaints == []
    assert facts.septets <= 160
    assert asked.body["room"] not in sms["body"]


def test_fifty_looks_at_a_link_change_nothing_and_it_still_works(
    link: str, asked: Asked, browser: Callable[[], httpx.Client]
) -> None:
    before = asked.row()
    looks = [browser().get(link) for _ in range(50)]

    assert {look.status_code for look in looks} == {200}
    assert asked.row()["timeline"] == before["timeline"]
    assert browser().post(f"{link}/claim", headers=_JSON).status_code == httpx.codes.OK


def test_a_scanners_head_changes_nothing(
    link: str, asked: Asked, browser: Callable[[], httpx.Client]
) -> None:
    before = asked.row()

    head = browser().head(link, headers=_SCANNER)

    assert head.status_code == httpx.codes.OK
    assert head.content == b""
    assert "set-cookie" not in head.headers
    assert asked.row()["timeline"] == before["timeline"]


def test_the_second_browser_is_told_who_has_the_call_and_since_when(
    link: str, browser: Callable[[], httpx.Client]
) -> None:
    first, second = browser(), browser()
    won = first.post(f"{link}/claim", headers=_JSON)

    lost = second.post(f"{link}/claim", headers=_JSON)

    assert (won.status_code, lost.status_code) == (200, 409)
    assert lost.headers["content-type"].startswith("application/problem+json")
    assert "Maria" in lost.text
    assert "token" not in lost.json()


def test_the_same_browser_may_press_again_with_a_new_identity(
    link: str, browser: Callable[[], httpx.Client]
) -> None:
    phone = browser()

    first, second = (phone.post(f"{link}/claim", headers=_JSON).json() for _ in range(2))

    assert first["room"] == second["room"]
    assert first["identity"] != second["identity"]
    assert second["identity"].startswith("human-agent-maria-")


def test_an_ended_escalations_link_is_gone(
    link: str, asked: Asked, api: httpx.Client, browser: Callable[[], httpx.Client]
) -> None:
    api.post(f"/v1/escalations/{asked.id}/cancel", json={"cause": "operator"}).raise_for_status()

    assert browser().post(f"{link}/claim", headers=_JSON).status_code == httpx.codes.GONE


def test_the_link_is_short_and_opaque(link: str, asked: Asked) -> None:
    code = link.rpartition("/")[2]

    assert len(code) == 22
    assert asked.id not in link
    assert link == link_in({"body": f"x {link} y"})
