"""A person at the page of their link: what they press, and where the page then stands."""

from typing import Final

from playwright.async_api import Page

from local.rehearsal.clock import monotonic_of_wall
from local.rehearsal.patience import ask_until

WITHIN_S: Final = 20.0


class LinkPage:
    def __init__(self, page: Page) -> None:
        self.page = page

    async def opens(self, link: str, *, sees: str = "waiting") -> None:
        await self.page.goto(link)
        await self.is_at(sees)

    async def is_at(self, stage: str, *, within_s: float = WITHIN_S) -> None:
        await self.page.wait_for_selector(f"body[data-stage={stage}]", timeout=within_s * 1000)

    async def presses(self, button: str) -> None:
        await self.page.get_by_role("button", name=button, exact=True).click()

    async def joins(self) -> None:
        """In the room, and not to be heard yet."""
        await self.presses("Join the call")
        await self.is_at("checking")

    async def may_talk(self) -> None:
        """The microphone is there, and the room hears nothing of it."""
        talk = self.page.get_by_role("button", name="Talk now", disabled=False)
        await talk.wait_for(timeout=WITHIN_S * 1000)

    async def talks(self) -> None:
        await self.presses("Talk now")
        await self.is_at("talking")

    async def ends(self, *, became: str, notes: str) -> None:
        await self.page.get_by_label(became).check()
        await self.page.get_by_label("Notes (optional)").fill(notes)
        await self.presses("End the call")
        await self.is_at("done")

    async def hands_back(self, *, note: str) -> None:
        await self.page.get_by_label("A note for the AI (optional)").fill(note)
        await self.presses("Hand back to the AI")

    async def moment(self, name: str) -> float:
        """When the page noted this of itself, on the clock of this machine's processes."""
        noted = f"performance.getEntriesByName('handoff:{name}').map((mark) => mark.startTime)"

        # Not by a function that the page itself repeats: its policy allows it no such thing.
        async def look() -> list[float]:
            return list(await self.page.evaluate(f"{noted}.map((at) => performance.timeOrigin + at)"))

        [wall_ms] = await ask_until(f"the page's moment {name!r}", look, within_s=WITHIN_S, every_s=0.05)
        return monotonic_of_wall(wall_ms / 1000)
