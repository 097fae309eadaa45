"""Starts the speech server: python -m local.speech --port N."""

import argparse
import asyncio
import contextlib
import logging
import signal

from aiohttp import web

from local.speech.app import create_app

logger = logging.getLogger("local.speech")


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m local.speech", description=__doc__)
    arguments.add_argument("--port", type=int, required=True)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    asyncio.run(_serve(arguments.parse_args().port))


async def _serve(port: int) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    runner = web.AppRunner(await create_app(), access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        logger.info("the speech server listens", extra={"port": port})
        await stopped.wait()
    finally:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(runner.cleanup(), timeout=5)


if __name__ == "__main__":
    main()
