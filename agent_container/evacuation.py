"""Has other workers take over the calls of one that is being stopped, for as long as there are any."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import Final, Protocol

from livekit.agents.job import RunningJobInfo

from agent_container.errors import ApiRefusedError, ApiUnreachableError

logger = logging.getLogger(__name__)

# Where no other worker is registered yet, one may be a moment later.
AGAIN_AFTER: Final = 3.0


class Relievers(Protocol):
    async def agent_leaving(self, room: str, *, agent_identity: str, job_id: str) -> bool: ...


class Evacuation:
    def __init__(self, api: Relievers) -> None:
        self._api = api

    async def run(self, calls: Callable[[], Iterable[RunningJobInfo]]) -> None:
        """Begun once this worker takes no calls itself; until it is cancelled."""
        while True:
            await asyncio.gather(*map(self._ask, calls()))
            await asyncio.sleep(AGAIN_AFTER)

    async def _ask(self, call: RunningJobInfo) -> None:
        facts = {"room": call.job.room.name, "job_id": call.job.id}
        try:
            asked = await self._api.agent_leaving(
                call.job.room.name, agent_identity=call.accept_arguments.identity, job_id=call.job.id
            )
        except (ApiRefusedError, ApiUnreachableError):
            logger.warning("the API was not told that an AI has to leave", extra=facts)
        else:
            logger.info("the API knows that an AI has to leave", extra=facts | {"asked": asked})
