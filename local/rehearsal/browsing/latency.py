"""How long a person waits from pressing Join to hearing the caller: twenty times, each in a new profile."""

import argparse
import asyncio
import secrets
import statistics
import sys
from typing import Final

from livekit import api as livekit_api
from playwright.async_api import Browser

from local.rehearsal.browsing.chromium import chromium
from local.rehearsal.browsing.link_page import LinkPage
from local.rehearsal.desk import Desk
from local.rehearsal.solo import Solo
from local.stack.running import running
from local.stack.stack_file import StackFile

_GOAL_S: Final = 1.5
_MOMENTS: Final = ("claimed", "connected", "heard")


async def measure(stack: StackFile, *, times: int) -> list[float]:
    desk = Desk(stack)
    try:
        async with chromium() as browser:
            return [await _in_a_room(stack, desk, browser) for _ in range(times)]
    finally:
        await desk.close()


async def _in_a_room(stack: StackFile, desk: Desk, browser: Browser) -> float:
    """A caller who is there already, and a person who comes by a link of their own."""
    room, caller = f"latency-{secrets.token_hex(4)}", Solo()
    await caller.guest.join(stack.livekit_url, _token(stack, room))
    try:
        return await _once(browser, str((await desk.join_url(room, "human_agent"))["url"]))
    finally:
        await caller.guest.leave()


async def _once(browser: Browser, link: str) -> float:
    context = await browser.new_context(locale="en-US")
    person = LinkPage(await context.new_page())
    await person.opens(link)
    await person.presses("Join the call")
    pressed = await person.moment("pressed")
    took = {moment: await person.moment(moment) - pressed for moment in _MOMENTS}
    await context.close()
    print("  " + "  ".join(f"{moment} {seconds:.3f} s" for moment, seconds in took.items()), flush=True)
    return took["heard"]


def _token(stack: StackFile, room: str) -> str:
    token = livekit_api.AccessToken(stack.livekit_api_key, stack.livekit_api_secret).with_identity("caller")
    return token.with_grants(livekit_api.VideoGrants(room_join=True, room=room)).to_jwt()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m local.rehearsal.browsing.latency", description=__doc__)
    parser.add_argument("--times", type=int, default=20)
    times = parser.parse_args().times
    with running() as stack:
        heard = asyncio.run(measure(stack, times=times))
    p95 = statistics.quantiles(heard, n=20, method="inclusive")[-1]
    p50 = statistics.median(heard)
    print(f"from the press to hearing the caller: p50 {p50:.3f} s, p95 {p95:.3f} s of {times}")
    return 0 if p95 <= _GOAL_S else 1


if __name__ == "__main__":
    sys.exit(main())
