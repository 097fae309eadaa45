"""Waits for something to become true, with a deadline and never blindly."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from local.stack.errors import NotReadyError

Check = Callable[[], Awaitable[bool]]


async def until(check: Check, *, what: str, seconds: float, every: float = 0.1) -> None:
    """Return as soon as the check holds; raise when the deadline passes first."""
    deadline = time.monotonic() + seconds
    while not await check():
        if time.monotonic() > deadline:
            raise NotReadyError(what, seconds)
        await asyncio.sleep(every)


async def answers(url: str) -> bool:
    """Whether a loopback address answers 200 (a bare request: no client library at this early hour)."""
    host, _, path = url.removeprefix("http://").partition("/")
    name, _, port = host.partition(":")
    try:
        async with asyncio.timeout(2):
            return await _status_is_200(name, int(port), f"/{path}")
    except (OSError, TimeoutError):
        return False


async def _status_is_200(host: str, port: int, path: str) -> bool:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        return b" 200 " in await reader.readline()
    finally:
        writer.close()
