"""Brings whatever is missing, side by side; says nothing when nothing is."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from local.setup.bringing import aws, node
from local.setup.clips import clips
from local.setup.language import language
from local.setup.livekit_build import livekit_server
from local.setup.pages import pages
from local.stack.settings import Settings

Bring = Callable[[], Awaitable[None]]

ALWAYS: Final[tuple[Bring, ...]] = (aws, node, pages, clips)


async def bring(settings: Settings) -> None:
    """A LiveKit elsewhere needs no livekit-server here, real providers no stand-in."""
    wanted = list(ALWAYS)
    if not settings.project:
        wanted.append(livekit_server)
    if not settings.keys:
        wanted.append(language)
    async with asyncio.TaskGroup() as group:
        for each in wanted:
            group.create_task(_run(each))


async def _run(each: Bring) -> None:
    await each()
