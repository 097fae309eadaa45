"""The desk: signed in by a link to one's own phone, which no scanner uses up, and a claim from the queue."""

import asyncio
import re
import secrets
from collections.abc import Iterator

import httpx
import pytest
from playwright.async_api import Page, expect

from local.browsing.link_page import LinkPage
from local.rehearsal.solo import Solo
from local.stack.stack_file import StackFile
from tests.e2e.conftest import Asked, Inbox
from tests.e2e.page.conftest import Opens
from tests.e2e.page.inspection import findings
from tests.e2e.watching import eventually

pytestmark = pytest.mark.asyncio(loop_scope="session")
_SIGN_IN = re.compile(r"https?://\S+/desk/in/[\w-]+")


@pytest.fixture
def phone(api: httpx.Client) -> Iterator[str]:
    """Of somebody new: one person may ask for three links in ten minutes, and tests are run again."""
    number = f"+1500555{secrets.randbelow(9000) + 1000}"
    api.put("/v1/human-agents/ada-desk", json={"name": "Ada", "phone": number, "tier": 9}).raise_for_status()
    yield number
    api.delete("/v1/human-agents/ada-desk").raise_for_status()


async def test_a_person_signs_in_and_takes_a_call_from_the_queue(
    stack: StackFile, phone: str, inbox: Inbox, asked: Asked, caller: Solo, new_page: Opens
) -> None:
    desk, scanner = LinkPage(await new_page()), await new_page()
    await desk.opens(f"{stack.api_url}/desk", sees="signed-out")
    found = {"signed-out": await findings(desk.page)}
    await desk.page.get_by_label("Phone number or e-mail").fill(phone)
    await desk.presses("Send me a link")
    sign_in = await asyncio.to_thread(eventually, "the link", lambda: _sign_in(inbox, phone), within_s=20)

    await scanner.goto(sign_in)
    found["link"] = await findings(scanner)
    pressed = await _opened_beside(desk.page, sign_in)
    await pressed.get_by_role("button", name="Sign in").click()
    await desk.is_at("desk")
    assert asked.post().status_code == httpx.codes.CREATED
    waiting = desk.page.get_by_role("region", name="Waiting")
    take = waiting.get_by_role("button", name="Take the call")
    await expect(take).to_be_visible()
    found["desk"] = await findings(desk.page)

    async with desk.page.expect_popup() as tab:
        await take.click()
    call = LinkPage(await tab.value)
    await call.is_at("checking")
    await call.talks()
    await caller.sees("human", "heard")
    assert asked.row()["claim"]["name"] == "Ada"
    # Without an AI that tells it, a look has to see that they are heard.
    await expect(desk.page.get_by_text("Ada (you)")).to_be_visible(timeout=20_000)
    await call.ends(became="Resolved", notes="")
    await expect(desk.page.get_by_role("cell", name="Completed").first).to_be_visible()
    assert not any(found.values()), found


def _sign_in(inbox: Inbox, phone: str) -> str:
    mine = [each["body"] for each in inbox.all() if each["to"] == phone]
    return next((link.group() for body in mine if (link := _SIGN_IN.search(body))), "")


async def _opened_beside(page: Page, link: str) -> Page:
    """In another tab of the same browser."""
    tab = await page.context.new_page()
    await tab.goto(link)
    return tab
