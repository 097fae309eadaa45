"""What becomes of a call that a person has: a reload, somebody else who comes, the AI that is to go on."""

import asyncio
import re

import pytest
import pytest_asyncio
from playwright.async_api import expect

from local.rehearsal.browsing.link_page import LinkPage
from local.rehearsal.clock import now
from local.rehearsal.solo import Solo
from tests.e2e.conftest import Asked
from tests.e2e.page.conftest import Person
from tests.e2e.watching import eventually

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def maria(link: str, asked: Asked, person: Person, caller: Solo) -> LinkPage:
    """Who has taken the call, and is heard; without an AI that tells it, a look has to see that."""
    maria = await person()
    await maria.opens(link)
    await maria.joins()
    await maria.talks()
    await caller.sees("human", "heard")
    connected = lambda: asked.row()["status"] == "connected"  # noqa: E731
    await asyncio.to_thread(eventually, "the look that sees them", connected, within_s=20)
    return maria


async def test_a_page_that_is_loaded_again_comes_back_into_the_call_and_is_heard(
    maria: LinkPage, caller: Solo, asked: Asked
) -> None:
    before = asked.row()["claim"]["identity"]

    await maria.page.reload()

    await maria.is_at("talking")
    await maria.moment("heard")
    assert await caller.hears("human", since=await maria.moment("connected"))
    claim = asked.row()["claim"]
    assert (claim["name"], claim["identity"] == before) == ("Maria", False)
    assert asked.row()["ended_at"] is None


async def test_a_second_browser_sees_who_took_it_and_since_when(
    maria: LinkPage, link: str, person: Person
) -> None:
    another = await person()

    await another.opens(link, sees="taken")

    await expect(another.page.locator(".taker")).to_have_text(_took())
    await expect(another.page.get_by_role("button")).to_have_count(0)
    await maria.is_at("talking")


async def test_one_who_looked_before_is_told_who_was_quicker(link: str, person: Person, caller: Solo) -> None:
    quick, slow = await person(), await person()
    await slow.opens(link)
    await quick.opens(link)
    await quick.joins()

    await slow.is_at("taken")

    await expect(slow.page.locator(".taker")).to_have_text(_took())
    assert caller.guest.when("human", "heard") is None


async def test_a_call_that_is_handed_back_goes_on_with_the_ai(
    maria: LinkPage, caller: Solo, asked: Asked
) -> None:
    pressed = now()

    await maria.hands_back(note="Please take down the address.")

    await maria.is_at("handed-back", within_s=30)
    assert await caller.hears("ai", since=pressed)
    row = await asyncio.to_thread(eventually, "the end", lambda: _ended(asked), within_s=15)
    assert row == "handed_back"


def _ended(asked: Asked) -> str:
    row = asked.row()
    return str(row["status"]) if row["ended_at"] else ""


def _took() -> re.Pattern[str]:
    return re.compile(r"Maria took this \d+ s ago")
