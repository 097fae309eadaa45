"""When LiveKit says that an agent is in a room: its webhook, which waits for nobody's subscription."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict
from typing import Any, Self

from aiohttp import web


class Arrivals:
    """Takes webhooks on a port of its own and keeps when each room's agent came, and when the room ended."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/webhooks"
        self._port = port
        self._runner: web.AppRunner | None = None
        self._came: defaultdict[str, asyncio.Future[float]] = defaultdict(_future)

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/webhooks", self._take)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner:
            await self._runner.cleanup()

    async def of(self, room: str, *, within_s: float) -> float:
        async with asyncio.timeout(within_s):
            return await asyncio.shield(self._came[room])

    async def _take(self, request: web.Request) -> web.Response:
        at = time.perf_counter()
        event: dict[str, Any] = json.loads(await request.read())
        agent = event.get("participant", {}).get("kind") == "AGENT"
        if event["event"] == "participant_joined" and agent:
            came = self._came[event["room"]["name"]]
            if not came.done():
                came.set_result(at)
        return web.Response()


def _future() -> asyncio.Future[float]:
    return asyncio.get_running_loop().create_future()
