"""The desk: signed in by a link to one's own phone, which no scanner uses up, and a claim from the queue."""

import secrets
from collections.abc import Iterator

import httpx
import pytest
from playwright.async_api import expect

from local.rehearsal.browsing.desk_page import DeskPage
from local.rehearsal.browsing.link_page import LinkPage
from local.rehearsal.desk import Desk
from local.rehearsal.solo import Solo
from local.stack.stack_file import StackFile
from tests.e2e.conftest import Asked
from tests.e2e.page.conftest import Opens
from tests.e2e.page.inspection import findings

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture
def phone(api: httpx.Client) -> Iterator[str]:
    """Of somebody new: one person may ask for three links in ten minutes, and tests are run again."""
    number = f"+1500555{secrets.randbelow(9000) + 1000}"
    api.put("/v1/human-agents/ada-desk", json={"name": "Ada", "phone": number, "tier": 9}).raise_for_status()
    yield number
    api.delete("/v1/human-agents/ada-desk").raise_for_status()


async def test_a_person_signs_in_and_takes_a_call_from_the_queue(
    stack: StackFile, phone: str, asked: Asked, caller: Solo, new_page: Opens
) -> None:
    desk, scanner = DeskPage(await new_page()), await new_page()
    await desk.opens(f"{stack.api_url}/desk", sees="signed-out")
    found = {"signed-out": await findings(desk.page)}
    link = await desk.asks_for_a_link(phone, messages=Desk(stack))

    await scanner.goto(link)
    found["link"] = await findings(scanner)
    await desk.signs_in(link)
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
