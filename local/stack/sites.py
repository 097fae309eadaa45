"""Serves an aiohttp application on a loopback port for as long as the stack is up."""

import contextlib
from collections.abc import AsyncIterator

from aiohttp import web

from local.stack.ports import LOOPBACK


@contextlib.asynccontextmanager
async def served(app: web.Application, port: int) -> AsyncIterator[None]:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, LOOPBACK, port).start()
        yield
    finally:
        await runner.cleanup()
