"""Starts this machine's own Chromium, in which nobody has to be asked for the microphone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from playwright.async_api import Browser, async_playwright

from local.setup import tools
from local.setup.system_packages import BROWSER
from local.stack.errors import ToolMissingError

# Debian's own wrapper, root and no sound card: none of them is what is looked at.
_FLAGS: Final = (
    "--no-sandbox",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    program = tools.browser()
    if program is None:
        raise ToolMissingError(BROWSER, f"sudo apt-get install {BROWSER}")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
        try:
            yield browser
        finally:
            await browser.close()
