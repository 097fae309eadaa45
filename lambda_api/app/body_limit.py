"""Refuses bodies that are larger than any honest one, before anybody reads them."""

from collections.abc import Mapping

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lambda_api.app.error_handlers import http_error

BODY_LIMIT = 256 * 1024


class BodyLimit:
    """Counts what arrives, whatever Content-Length says."""

    def __init__(self, app: ASGIApp, *, default: int = BODY_LIMIT, by_path: Mapping[str, int]) -> None:
        self._app = app
        self._default = default
        self._by_path = by_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        limit = self._by_path.get(scope["path"], self._default)
        if _announced(scope) > limit:
            answer = http_error(Request(scope), _too_large(limit))
            return await answer(scope, receive, send)
        return await self._app(scope, _counted(receive, limit), send)


def _counted(receive: Receive, limit: int) -> Receive:
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise _too_large(limit)
        return message

    return counted


def _announced(scope: Scope) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) if length.isdigit() and len(length) < 20 else 0


def _too_large(limit: int) -> HTTPException:
    return HTTPException(413, f"At most {limit} bytes are read here.")
