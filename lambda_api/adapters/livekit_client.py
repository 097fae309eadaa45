"""Calls LiveKit's server API from synchronous code: short, again at a fault, livekit-api imported late."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, TypeVar

from lambda_api.config.livekit_keys import LiveKitKeys
from lambda_api.escalations.errors import UnavailableError

if TYPE_CHECKING:
    from asyncio import Runner

    from livekit.api import LiveKitAPI

Answer = TypeVar("Answer")
Question = Callable[["LiveKitAPI"], Awaitable[Answer]]
# All attempts and the look for the room stay within three seconds: none begins later than this.
LATEST_S = 1.5
ATTEMPT_S = 1.2
PAUSE_S = 0.1
ATTEMPTS = 3

log = logging.getLogger(__name__)


class LiveKitClient:
    """One short connection per use: the session belongs to the event loop that made it."""

    def __init__(self, *, keys: Callable[[], LiveKitKeys]) -> None:
        self._keys = keys
        self._runner: Runner | None = None

    def run(self, work: Question[Answer]) -> Answer:
        # Late, as livekit-api is: most starts of a function need neither.
        import asyncio

        if current_thread() is not main_thread():
            return asyncio.run(self._run(work))  # the API's threads end with their request
        # Kept: one for each call is a tenth of what a warm webhook takes for itself.
        self._runner = self._runner or asyncio.Runner()
        return self._runner.run(self._run(work))

    async def _run(self, work: Question[Answer]) -> Answer:
        from aiohttp import ClientTimeout
        from livekit.api import LiveKitAPI

        keys, timeout = self._keys(), ClientTimeout(total=ATTEMPT_S)
        # The SDK's own failover first asks Cloud for its regions, which may take longer than this whole call.
        async with LiveKitAPI(
            keys.url, keys.api.name, keys.api.secret, timeout=timeout, failover=False
        ) as api:
            return await work(api)


async def ask(
    api: LiveKitAPI, question: Question[Answer], *, room: str, absent: Answer, attempts: int = ATTEMPTS
) -> Answer:
    """Give LiveKit's answer, or `absent` where room, participant or dispatch are gone."""
    began = time.monotonic()
    for left in reversed(range(attempts)):
        try:
            return await question(api)
        except Exception as error:  # noqa: BLE001 - sorted by kind, and raised again
            if await _is_gone(api, error, room):
                return absent
            in_time = time.monotonic() + PAUSE_S < began + LATEST_S
            await _pause_or_give_up(error, left if in_time else 0)
    raise UnavailableError("LiveKit")


async def _is_gone(api: LiveKitAPI, error: Exception, room: str) -> bool:
    from livekit.api import ServerError

    if not isinstance(error, ServerError):
        return False
    # A call that some room's node must answer gets 503 when there is no such room.
    return error.status == 404 or (error.status == 503 and not await _may_exist(api, room))


async def _may_exist(api: LiveKitAPI, room: str) -> bool:
    try:
        return await room_exists(api, room)
    except UnavailableError:
        return True


async def room_exists(api: LiveKitAPI, room: str) -> bool:
    from aiohttp import ClientError
    from livekit.api import ListRoomsRequest, ServerError

    try:
        return bool((await api.room.list_rooms(ListRoomsRequest(names=[room]))).rooms)
    except (ServerError, ClientError, TimeoutError) as error:
        raise UnavailableError("LiveKit") from error


async def _pause_or_give_up(error: Exception, left: int) -> None:
    import asyncio

    if left == 0 or not _may_pass(error):
        raise UnavailableError("LiveKit") from error
    log.info("a call to LiveKit is made again", extra={"error": type(error).__name__})
    await asyncio.sleep(PAUSE_S)


def _may_pass(error: Exception) -> bool:
    from aiohttp import ClientError
    from livekit.api import ServerError

    if isinstance(error, ServerError):
        return error.status >= 500
    if not isinstance(error, ClientError | TimeoutError):
        raise error
    return True
