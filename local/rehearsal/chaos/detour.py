"""A detour on loopback for requests to the API, to AWS and to LiveKit, on which faults wait."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import Final

import aiohttp
from aiohttp import web
from yarl import URL

from local.front_door.forwarding import passing
from local.rehearsal.chaos.faults import Answer, CutError, Fault, Forward, Passing
from local.rehearsal.chaos.traffic import FORGED, Seen, kind_of, room_in

_PATIENCE: Final = aiohttp.ClientTimeout(total=60)
_LARGEST: Final = 10 * 1024 * 1024
_SKIPPED: Final = ("User-Agent", "Accept", "Accept-Encoding", "Content-Type")


class Detour:
    """One leg goes to the embedded AWS, with the API behind it, and one to LiveKit; faults are on both."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self._faults: list[Fault] = []

    @contextmanager
    def hurt(self, *faults: Fault) -> Iterator[None]:
        """While this lasts; an older fault strikes before a newer one."""
        self._faults += faults
        try:
            yield
        finally:
            self._faults = [each for each in self._faults if each not in faults]

    @asynccontextmanager
    async def leg(self, upstream: str, *, kind: str = "") -> AsyncIterator[str]:
        """Its own address; `kind` is what passes there, where the requests themselves do not tell."""
        async with AsyncExitStack() as open_:
            session = await open_.enter_async_context(
                aiohttp.ClientSession(
                    auto_decompress=False,
                    cookie_jar=aiohttp.DummyCookieJar(),
                    skip_auto_headers=_SKIPPED,
                    timeout=_PATIENCE,
                )
            )
            runner = web.AppRunner(self._app(session, upstream, kind), access_log=None, shutdown_timeout=1)
            await runner.setup()
            open_.push_async_callback(runner.cleanup)
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"

    def _app(self, session: aiohttp.ClientSession, upstream: str, kind: str) -> web.Application:
        async def handle(request: web.Request) -> web.Response:
            asked = Passing(
                kind=kind or kind_of(request.path, request.headers),
                method=request.method,
                path=request.raw_path,
                headers=request.headers,
                body=await request.read(),
            )
            return await self._pass(asked, request, lambda: _forward(session, upstream, asked))

        app = web.Application(client_max_size=_LARGEST)
        app.router.add_route("*", "/{path:.*}", handle)
        return app

    async def _pass(self, asked: Passing, request: web.Request, forward: Forward) -> web.Response:
        fault = next((each for each in self._faults if each.meets(asked)), None)

        async def go_on() -> Answer:
            answer = await forward()
            self.seen.append(Seen(asked.kind, room_in(asked), answer.status, FORGED in asked.headers))
            return answer

        try:
            answer = await (fault.strikes(go_on) if fault else go_on())
        except (CutError, aiohttp.ClientError, TimeoutError):
            return _cut(request)
        return web.Response(status=answer.status, headers=answer.headers, body=answer.body)


def _cut(request: web.Request) -> web.Response:
    """The connection ends without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _forward(session: aiohttp.ClientSession, upstream: str, asked: Passing) -> Answer:
    target = URL(f"{upstream}{asked.path}", encoded=True)
    headers = passing(asked.headers.items())
    async with session.request(
        asked.method, target, headers=headers, data=asked.body or None, allow_redirects=False
    ) as answer:
        return Answer(answer.status, passing(answer.headers.items()), await answer.read())
