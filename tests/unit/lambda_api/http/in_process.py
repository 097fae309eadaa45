"""What httpx sends goes to the app in the thread of the test: no thread and no loop for each request."""

import asyncio
from urllib.parse import unquote

import httpx
from starlette.types import ASGIApp, Message, Scope


class InProcess(httpx.BaseTransport):
    def __init__(self, app: ASGIApp, runner: asyncio.Runner) -> None:
        self._app = app
        self._runner = runner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        start, *parts = self._runner.run(self._answered(request))
        body = b"" if request.method == "HEAD" else b"".join(part.get("body", b"") for part in parts)
        return httpx.Response(start["status"], headers=start["headers"], stream=httpx.ByteStream(body))

    async def _answered(self, request: httpx.Request) -> list[Message]:
        waiting: list[Message] = [{"type": "http.request", "body": request.read()}]
        sent: list[Message] = []

        async def receive() -> Message:
            return waiting.pop() if waiting else await asyncio.Future()  # whoever asked stays for the answer

        async def send(message: Message) -> None:
            sent.append(message)

        try:
            await self._app(_scope(request), receive, send)
        except Exception:
            if not sent:  # else it was answered with 500, and goes on to the server's log
                raise
        return sent


def _scope(request: httpx.Request) -> Scope:
    url = request.url
    return {
        "type": "http",
        "http_version": "1.1",
        "method": request.method,
        "scheme": url.scheme,
        "path": unquote(url.path),
        "raw_path": url.raw_path.split(b"?", 1)[0],
        "root_path": "",
        "query_string": url.query,
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "client": ("testclient", 50000),
        "server": (url.host, url.port or 443),
        "state": {},
    }
