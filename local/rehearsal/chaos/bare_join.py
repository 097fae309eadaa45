"""Joins a room by its signalling alone: LiveKit knows the participant, and no sound ever comes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from local.stack.stack_file import StackFile

_QUERY = {"protocol": "15", "auto_subscribe": "1", "sdk": "python", "version": "1.0.0"}


@asynccontextmanager
async def joined_without_media(stack: StackFile, token: str) -> AsyncIterator[None]:
    query = {**_QUERY, "access_token": token}
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{stack.livekit_url}/rtc", params=query) as signalling,
    ):
        await signalling.receive(timeout=10)
        yield
