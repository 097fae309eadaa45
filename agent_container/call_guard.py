"""Keeps this worker's task from being stopped while it has calls: no protection, no call."""

import asyncio
import logging
import math
from collections.abc import Callable
from typing import Final

from agent_container.errors import UnprotectedError
from agent_container.figures import count
from agent_container.task_protection import TaskProtection

logger = logging.getLogger(__name__)

# Short enough for a deployment to end the same hour, should this process hang.
PROTECTED_MINUTES: Final = 60
RENEW_AFTER: Final = 600.0
RELEASE_AFTER: Final = 30.0
LOOK_EVERY: Final = 10.0


class CallGuard:
    def __init__(self, protection: TaskProtection) -> None:
        self._protection = protection
        self._protected_at = -math.inf
        self._needed_at = -math.inf
        self._one_at_a_time = asyncio.Lock()

    async def hold(self) -> bool:
        """Whether a call may be taken now: the task will not be stopped under it."""
        async with self._one_at_a_time:
            self._needed_at = _now()
            return self._is_fresh() or await self._protect()

    async def watch(self, calls: Callable[[], int]) -> None:
        """Renew while there are calls, and give the task back some time after the last one."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            async with self._one_at_a_time:
                await self._look(calls())

    async def _look(self, calls: int) -> None:
        if calls:
            self._needed_at = _now()
        if _now() - self._needed_at < RELEASE_AFTER:
            if not self._is_fresh():
                await self._protect()
        elif self._protected_at > -math.inf:
            await self._release()

    def _is_fresh(self) -> bool:
        return _now() - self._protected_at < RENEW_AFTER

    async def _protect(self) -> bool:
        """Also again: what ECS has refused to renew still holds for a while, but takes no further call."""
        try:
            await self._protection.protect(minutes=PROTECTED_MINUTES)
        except UnprotectedError as error:
            logger.warning("the task is not protected", extra={"reason": error.reason})
            count("protection_failed", 1)
            return False
        self._protected_at = _now()
        return True

    async def _release(self) -> None:
        try:
            await self._protection.release()
        except UnprotectedError as error:
            logger.warning("the task's protection was not given back", extra={"reason": error.reason})
        else:
            self._protected_at = -math.inf


def _now() -> float:
    return asyncio.get_running_loop().time()
