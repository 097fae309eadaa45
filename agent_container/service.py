"""Runs the worker as a service: until a signal comes, then until its calls are over."""

import asyncio
import logging
import os
import signal
from collections.abc import Callable

from livekit.agents import AgentServer

from agent_container.figures import count

logger = logging.getLogger(__name__)


def run_service(server: AgentServer) -> None:
    asyncio.run(_serve_until_told(server))


async def _serve_until_told(server: AgentServer) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    on_signal = _stop_then_exit(stop)
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, on_signal)
    await serve(server, stop)


def _stop_then_exit(stop: asyncio.Event) -> Callable[[], None]:
    def on_signal() -> None:
        if stop.is_set():
            logger.warning("stopped by a second signal")
            os._exit(1)
        stop.set()

    return on_signal


async def serve(server: AgentServer, stop: asyncio.Event) -> None:
    """Serve until `stop`; a worker that fails by itself raises, so that its supervisor starts another."""
    running = asyncio.create_task(server.run())
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not running.done():
        await _drain(server)
    await server.aclose()
    await running


async def _drain(server: AgentServer) -> None:
    try:
        await server.drain()
    except TimeoutError:
        # Nobody could take them over in all that time: an alarm watches this figure.
        cut = len(server.active_jobs)
        count("calls_cut", cut)
        logger.exception("calls were still running when the time to stop was over", extra={"calls": cut})
