"""A mail scanner that loads a link and runs its scripts for half a minute: it looks, and changes nothing."""

import pytest
from playwright.async_api import Page

from local.rehearsal.browsing.link_page import LinkPage
from tests.e2e.conftest import Asked
from tests.e2e.page.conftest import Opens, Person

pytestmark = pytest.mark.asyncio(loop_scope="session")
_EACH_LOOK_MS, _LOOKS = 3000, 10


async def test_a_scanner_that_stays_for_half_a_minute_changes_nothing(
    link: str, asked: Asked, new_page: Opens, person: Person
) -> None:
    before, scanner = asked.row(), await new_page()
    asked_for = _requests(scanner)
    await scanner.clock.install()
    await LinkPage(scanner).opens(link)

    for _ in range(_LOOKS):
        async with scanner.expect_response(link):
            await scanner.clock.run_for(_EACH_LOOK_MS)

    assert {method for method, _ in asked_for} == {"GET"}
    assert sum(url == link for _, url in asked_for) > _LOOKS
    assert (asked.row()["claim"], asked.row()["status"]) == (before["claim"], "notified")
    maria = await person()
    await maria.opens(link)
    await maria.joins()
    # Its browser was given a name, which is worth nothing unless it presses.
    seen = await scanner.context.request.get(link, headers={"Accept": "application/json"})
    assert (await seen.json())["state"] == "taken"


def _requests(page: Page) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    page.on("request", lambda request: found.append((request.method, request.url)))
    return found
