"""From the SMS to the end of the call, by nothing but what a person sees and presses on the page."""

import asyncio
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import expect

from local.rehearsal.caller import PLEA
from local.rehearsal.clock import now
from local.rehearsal.solo import Solo
from local.stack.stack_file import StackFile
from tests.e2e.conftest import Inbox, Json
from tests.e2e.page.conftest import Person

pytestmark = pytest.mark.asyncio(loop_scope="session")
_NOTES = "The parcel arrives on Monday."


@pytest_asyncio.fixture(loop_scope="session")
async def room(stack: StackFile, api: httpx.Client, caller: Solo) -> str:
    """Where the caller has heard the AI's greeting."""
    place = _place(api)
    await caller.guest.join(stack.livekit_url, place["token"])
    await caller.is_greeted()
    return str(place["room"])


async def test_a_person_takes_a_call_by_the_page_and_ends_it(
    room: str, caller: Solo, inbox: Inbox, person: Person, api: httpx.Client
) -> None:
    maria = await person()
    await caller.mouth.say(PLEA)
    await maria.opens(await asyncio.to_thread(inbox.open_link))
    await expect(maria.page.get_by_text("The caller asked for a person")).to_be_visible()

    await maria.joins()
    await maria.moment("heard")
    brief = maria.page.get_by_role("region", name="Brief")
    await expect(brief.get_by_text("Wants").first).to_be_visible(timeout=15_000)
    assert caller.guest.when("human", "heard") is None

    pressed = now()
    await maria.talks()
    assert await caller.hears("human", since=pressed) > pressed
    await caller.sees("ai", "gone", within_s=10)
    await maria.ends(became="Somebody has to follow up", notes=_NOTES)

    row = _row(api, room)
    assert (row["status"], row["disposition"], row["notes"]) == ("completed", "follow_up", _NOTES)
    assert row["claim"]["name"] == "Maria"
    await caller.sees("human", "gone")


def _place(api: httpx.Client) -> Json:
    wanted = {"room": f"page-{uuid4().hex[:8]}", "role": "caller"}
    return dict(api.post("/v1/join-urls", json=wanted).json())


def _row(api: httpx.Client, room: str) -> Json:
    rows = api.get("/v1/escalations", params={"limit": 50}).json()["items"]
    found = next(each["id"] for each in rows if each["room"] == room)
    return dict(api.get(f"/v1/escalations/{found}").json())
