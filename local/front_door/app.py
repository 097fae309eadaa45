"""Passes every request to the deployed HTTP API and its answer back, byte for byte."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

import aiohttp
from aiohttp import web
from yarl import URL

from local.front_door.forwarding import passing, towards_the_api

# What API Gateway takes, and how long it waits.
LARGEST_BODY: Final = 10 * 1024 * 1024
PATIENCE: Final = aiohttp.ClientTimeout(total=30)
WEBHOOKS: Final = "/webhooks/livekit"
SESSION: Final = web.AppKey("session", aiohttp.ClientSession)


@dataclass(slots=True)
class Way:
    """From the door to the API: a rehearsal loses webhooks on it, or has everything pass by its faults."""

    deliver_webhooks: bool = True
    by_way_of: str = ""

    def to(self, origin: URL) -> URL:
        if not self.by_way_of:
            return origin
        detour = URL(self.by_way_of)
        return origin.with_host(str(detour.host)).with_port(detour.port)


class FrontDoor:
    def __init__(self, *, origin: str, origin_key: str, way: Way) -> None:
        self._origin = origin
        self._origin_key = origin_key
        self._way = way

    def app(self) -> web.Application:
        app = web.Application(client_max_size=LARGEST_BODY)
        app.cleanup_ctx.append(_session)
        app.router.add_route("*", "/{path:.*}", self._handle)
        return app

    async def _handle(self, request: web.Request) -> web.Response:
        if request.path == WEBHOOKS and not self._way.deliver_webhooks:
            return web.Response(status=200)
        try:
            return await self._forward(request)
        except (aiohttp.ClientError, TimeoutError):
            return web.Response(status=502, text="the embedded AWS did not answer\n")

    async def _forward(self, request: web.Request) -> web.Response:
        target = self._way.to(URL(f"{self._origin}{request.raw_path}", encoded=True))
        viewer = request.remote or "127.0.0.1"
        headers = towards_the_api(_pairs(request.raw_headers), viewer=viewer, origin_key=self._origin_key)
        body = await request.read()
        session = request.app[SESSION]
        async with session.request(
            request.method, target, headers=headers, data=body or None, allow_redirects=False
        ) as answer:
            return web.Response(
                status=answer.status, headers=passing(_pairs(answer.raw_headers)), body=await answer.read()
            )


def _pairs(raw: tuple[tuple[bytes, bytes], ...]) -> list[tuple[str, str]]:
    return [(name.decode("latin-1"), value.decode("utf-8", "surrogateescape")) for name, value in raw]


async def _session(app: web.Application) -> AsyncIterator[None]:
    """A client that adds, keeps and unpacks nothing of its own."""
    async with aiohttp.ClientSession(
        auto_decompress=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding", "Content-Type"),
        timeout=PATIENCE,
    ) as session:
        app[SESSION] = session
        yield
