"""One call on all pages, a picture of each for docs/images: `python -m local.rehearsal.browsing.album`."""

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from playwright.async_api import Browser, Page, ViewportSize, expect

from local.rehearsal.browsing.chromium import chromium
from local.rehearsal.browsing.desk_page import DeskPage
from local.rehearsal.browsing.link_page import LinkPage
from local.rehearsal.browsing.mouth import give_voice, say
from local.rehearsal.desk import Desk, Json, link_in
from local.rehearsal.patience import ask_until
from local.rehearsal.readiness import wait_for_the_worker
from local.speech import voices
from local.stack.places import ROOT
from local.stack.roster import PEOPLE
from local.stack.running import running
from local.stack.stack_file import StackFile

FOLDER: Final = ROOT / "docs" / "images"
_PHONE: Final = str(PEOPLE["maria"]["phone"])
_PATIENCE_MS: Final = 40_000
_WORDS: Final = "My last order arrived broken. I would like to talk to a person, please."
_SIZES: Final = {"phone": (360, 740), "desk": (1000, 1100)}


@dataclass(slots=True)
class Album:
    """Maria at her desk and on her phone, a caller, and one who opens Maria's link too late."""

    stack: StackFile
    browser: Browser
    messages: Desk
    folder: Path = FOLDER

    async def fill(self) -> None:
        desk, caller = DeskPage(await self._page("desk")), LinkPage(await self._page("phone"))
        await self._sign_in(desk)
        link = await self._ask_for_a_person(caller)
        await expect(desk.page.get_by_role("button", name="Take the call")).to_be_visible()
        await self._keep(desk.page, "desk", whole=False)
        await self._keep_inbox()
        await self._take_the_call(link, caller)

    async def _sign_in(self, desk: DeskPage) -> None:
        await desk.opens(f"{self.stack.api_url}/desk", sees="signed-out")
        await desk.signs_in(await desk.asks_for_a_link(_PHONE, messages=self.messages))

    async def _ask_for_a_person(self, caller: LinkPage) -> str:
        known = len(await self.messages.messages())
        await caller.opens(f"{self.stack.inbox_url}/call", sees="calling")
        await caller.page.get_by_label("Your name (optional)").fill("Anna Berg")
        await caller.presses("Call with the microphone")
        await expect(caller.page.get_by_text("How can I help you?")).to_be_visible()
        await say(caller.page, _WORDS, owner="caller", voice=voices.CALLER)
        return await ask_until("an SMS", lambda: self._link(after=known), within_s=40)

    async def _link(self, *, after: int) -> str | None:
        new = (await self.messages.messages())[: -after or None]
        sms: list[Json] = [each for each in new if each["channel"] == "sms" and "/j/" in each["body"]]
        return link_in(sms[-1]) if sms else None

    async def _take_the_call(self, link: str, caller: LinkPage) -> None:
        maria, late = LinkPage(await self._page("phone")), LinkPage(await self._page("phone"))
        await maria.opens(link)
        await self._keep(maria.page, "join")
        await self._keep(maria.page, "join-dark", dark=True)
        await maria.joins()
        await expect(maria.page.get_by_role("region", name="Brief").get_by_text("Promised")).to_be_visible()
        await self._keep(maria.page, "checking")
        await late.opens(link, sees="taken")
        await self._keep(late.page, "taken")
        await maria.talks()
        await expect(maria.page.get_by_text("The AI has left the call.")).to_be_visible()
        await maria.page.set_viewport_size(_size("desk"))
        await self._keep(maria.page, "in-call", whole=False)
        await expect(caller.page.get_by_text("You are now talking with Maria")).to_be_visible()
        await self._keep(caller.page, "caller")
        await maria.ends(became="Resolved", notes="")
        await late.is_at("ended")
        await self._keep(late.page, "ended")

    async def _keep_inbox(self) -> None:
        inbox = await self._page("phone")
        await inbox.goto(self.stack.inbox_url)
        await inbox.get_by_role("listitem").first.wait_for()
        await self._keep(inbox, "inbox", whole=False)

    async def _page(self, size: str) -> Page:
        context = await self.browser.new_context(
            locale="en-US",
            viewport=_size(size),
        )
        await give_voice(context)
        return await context.new_page()

    async def _keep(self, page: Page, name: str, *, dark: bool = False, whole: bool = True) -> None:
        scheme: Literal["dark", "light"] = "dark" if dark else "light"
        await page.emulate_media(color_scheme=scheme)
        await page.screenshot(path=self.folder / f"{name}.png", full_page=whole, animations="disabled")
        print(f"  {name}.png", flush=True)


def _size(name: str) -> ViewportSize:
    width, height = _SIZES[name]
    return {"width": width, "height": height}


async def fill(stack: StackFile) -> None:
    expect.set_options(timeout=_PATIENCE_MS)
    await wait_for_the_worker(stack.control_url)
    desk = Desk(stack)
    async with chromium() as browser:
        await Album(stack, browser, desk).fill()
    await desk.close()


def main() -> int:
    with running() as stack:
        asyncio.run(fill(stack))
    return 0


if __name__ == "__main__":
    sys.exit(main())
