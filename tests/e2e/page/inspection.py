"""What a page must be in each of its states: fit for a phone, and without a serious finding of axe."""

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

_GRAVE = {"serious", "critical"}
_PHONE, _DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
_AXE = Axe()


async def findings(page: Page) -> list[str]:
    """Light on a phone, dark at a desk."""
    await page.emulate_media(color_scheme="light")
    await page.set_viewport_size(_PHONE)  # type: ignore[arg-type]
    found = [*await _too_wide(page), *await _grave(page)]
    await page.emulate_media(color_scheme="dark")
    await page.set_viewport_size(_DESK)  # type: ignore[arg-type]
    return [*found, *await _too_wide(page), *await _grave(page)]


async def _too_wide(page: Page) -> list[str]:
    content, window = await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [f"{content} px wide in a window of {window} px"] if content > window else []


async def _grave(page: Page) -> list[str]:
    violations = (await _AXE.run(page)).response["violations"]
    grave = [each for each in violations if each["impact"] in _GRAVE]
    return [f"{each['id']}: {node['html']}" for each in grave for node in each["nodes"]]
