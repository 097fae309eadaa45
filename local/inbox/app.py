"""Serves the inbox: as JSON for programs, as a page that a person can read and click in."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Final, Protocol

import aiohttp
from aiohttp import web

from local.inbox.messages import Message
from local.inbox.sms import Phones

PAGE: Final = Path(__file__).parent / "page"
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}


# Named, since what a machine takes .js for differs.
FILES: Final = (
    ("/", "inbox.html", "text/html; charset=utf-8"),
    ("/inbox.css", "inbox.css", "text/css; charset=utf-8"),
    ("/inbox.js", "inbox.js", "text/javascript; charset=utf-8"),
)


class Mail(Protocol):
    @property
    def messages(self) -> list[Message]: ...

    async def look(self) -> None: ...


class Inbox:
    def __init__(self, phones: Phones, mailbox: Mail) -> None:
        self._phones = phones
        self._mailbox = mailbox

    def app(self) -> web.Application:
        app = web.Application()
        app.cleanup_ctx.append(self._watching)
        app.router.add_get("/messages", self._messages)
        for path, file, kind in FILES:
            app.router.add_get(path, _serving(PAGE / file, kind))
        return app

    async def _watching(self, _: web.Application) -> AsyncIterator[None]:
        timeout = aiohttp.ClientTimeout(total=5)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            watch = asyncio.create_task(self._phones.watch(session))
            yield
            watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watch

    async def _messages(self, _: web.Request) -> web.Response:
        await self._mailbox.look()
        newest_first = sorted([*self._phones.messages, *self._mailbox.messages], key=_sent_at, reverse=True)
        return web.json_response([message.as_dict() for message in newest_first], headers=HEADERS)


def _sent_at(message: Message) -> str:
    return message.sent_at


def _serving(file: Path, kind: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def serve(_: web.Request) -> web.StreamResponse:
        return web.FileResponse(file, headers={**HEADERS, "Content-Type": kind})

    return serve
