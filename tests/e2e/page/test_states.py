"""Every page in each of its states, on a phone and at a desk: nothing too wide, no grave finding of axe."""

import pytest

from local.rehearsal.browsing.link_page import LinkPage
from local.rehearsal.solo import Solo
from local.stack.stack_file import StackFile
from tests.e2e.conftest import Asked
from tests.e2e.page.conftest import Opens, Person
from tests.e2e.page.inspection import findings

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_join_page(link: str, asked: Asked, caller: Solo, person: Person) -> None:
    maria, another = await person(), await person()
    await maria.opens(link)
    found = {"waiting": await findings(maria.page)}

    await maria.joins()
    found["checking"] = await findings(maria.page)
    await maria.talks()
    found["talking"] = await findings(maria.page)
    await another.opens(link, sees="taken")
    found["taken"] = await findings(another.page)
    await caller.sees("human", "heard")
    await maria.ends(became="Resolved", notes="")
    found["done"] = await findings(maria.page)
    await another.is_at("ended")
    found["ended"] = await findings(another.page)

    assert asked.row()["disposition"] == "resolved"
    assert not any(found.values()), found


async def test_the_callers_page(stack: StackFile, new_page: Opens) -> None:
    caller = LinkPage(await new_page())
    await caller.opens(f"{stack.inbox_url}/call", sees="calling")
    found = {"calling": await findings(caller.page)}

    await caller.presses("Call and type")
    await caller.is_at("in-call")
    await caller.page.get_by_role("list", name="Captions").get_by_role("listitem").first.wait_for()
    found["in-call"] = await findings(caller.page)
    await caller.page.get_by_label("Your message").fill("Could I speak with a person, please?")
    await caller.presses("Send")
    await caller.page.get_by_text("I have asked a colleague to join us").first.wait_for()
    await caller.presses("Hang up")
    await caller.is_at("over")
    found["over"] = await findings(caller.page)

    assert not any(found.values()), found


async def test_the_inbox(stack: StackFile, link: str, new_page: Opens) -> None:
    inbox = await new_page()
    await inbox.goto(stack.inbox_url)
    await inbox.get_by_role("link", name=link).first.wait_for()

    assert await findings(inbox) == []
