"""One Chromium for all tests of the pages, people with a profile of their own in it, and a caller."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import pytest_asyncio
from livekit import api as livekit_api
from playwright.async_api import Browser, Page

from local.rehearsal.browsing.chromium import chromium
from local.rehearsal.browsing.link_page import LinkPage
from local.rehearsal.solo import Solo
from local.stack.stack_file import StackFile
from tests.e2e.conftest import Call

Opens = Callable[..., Awaitable[Page]]
Person = Callable[[], Awaitable[LinkPage]]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def one_chromium() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def new_page(one_chromium: Browser) -> AsyncIterator[Opens]:
    """Each page is in a browser profile of its own: a phone, with cookies that nobody else has."""
    async with AsyncExitStack() as at_the_end:

        async def opened(**options: Any) -> Page:
            wanted = {"locale": "en-US", "viewport": {"width": 360, "height": 740}, **options}
            context = await one_chromium.new_context(**wanted)
            at_the_end.push_async_callback(context.close)
            return await context.new_page()

        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def person(new_page: Opens) -> Person:
    async def someone() -> LinkPage:
        return LinkPage(await new_page())

    return someone


@pytest_asyncio.fixture(loop_scope="session")
async def caller() -> AsyncIterator[Solo]:
    """With an open microphone and an ear."""
    solo = Solo()
    yield solo
    await solo.guest.leave()


@pytest_asyncio.fixture(loop_scope="session")
async def call(stack: StackFile, caller: Solo) -> Call:
    """Nobody but the caller: most of what the page does needs no AI in the room."""
    room = f"page-{uuid4().hex[:8]}"
    token = livekit_api.AccessToken(stack.livekit_api_key, stack.livekit_api_secret).with_identity(
        "caller-page"
    )
    grants = livekit_api.VideoGrants(room_join=True, room=room)
    await caller.guest.join(stack.livekit_url, token.with_grants(grants).to_jwt())
    return Call(room=room, identity="caller-page", sid="")
