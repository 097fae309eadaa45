"""A person at the desk: asks for the link that signs them in, and presses it in the same browser."""

import re
from typing import Final

from local.rehearsal.browsing.link_page import LinkPage
from local.rehearsal.desk import Desk
from local.rehearsal.patience import ask_until

_SIGN_IN: Final = re.compile(r"https?://\S+/desk/in/[\w-]+")


class DeskPage(LinkPage):
    async def asks_for_a_link(self, phone: str, *, messages: Desk) -> str:
        """The one that then comes to this phone."""
        before = await _links(messages, phone)
        await self.page.get_by_label("Phone number or e-mail").fill(phone)
        await self.presses("Send me a link")

        async def look() -> str | None:
            return next(iter(await _links(messages, phone) - before), None)

        return await ask_until("a link to sign in", look, within_s=20)

    async def signs_in(self, link: str) -> None:
        """In a tab beside this one, which goes on by itself."""
        tab = await self.page.context.new_page()
        await tab.goto(link)
        await tab.get_by_role("button", name="Sign in").click()
        await self.is_at("desk")
        await tab.close()


async def _links(messages: Desk, phone: str) -> set[str]:
    mine = [str(each["body"]) for each in await messages.messages() if each["to"] == phone]
    return {link.group() for body in mine if (link := _SIGN_IN.search(body))}
