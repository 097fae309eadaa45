"""What the API may not have heard when a job ends; said after the room has been left."""

import asyncio
import logging

from agent_container import prompts
from agent_container.caller import CallerWatch
from agent_container.departure import JobDeparture
from agent_container.errors import ApiRefusedError, ApiUnreachableError
from agent_container.escalation_client import EscalationClient
from agent_container.exit_latch import ExitLatch
from agent_container.phase import Phase
from agent_container.transfer import Transfer

logger = logging.getLogger(__name__)

WITHIN = 5.0


class LastWords:
    def __init__(
        self,
        *,
        api: EscalationClient,
        transfer: Transfer,
        departure: JobDeparture,
        latch: ExitLatch,
        caller: CallerWatch,
    ) -> None:
        self._api = api
        self._transfer = transfer
        self._departure = departure
        self._latch = latch
        self._caller = caller
        self.ai_failed = False

    async def say(self) -> None:
        try:
            async with asyncio.timeout(WITHIN):
                await self._say()
        except (TimeoutError, ApiRefusedError, ApiUnreachableError):
            logger.warning("the API was not told how the call ended")
        finally:
            await self._api.aclose()

    async def _say(self) -> None:
        if self._departure.report:
            await self._departure.report
        elif self._caller.left:
            await self._transfer.cancel(cause="caller_left")
        elif self._latch.phase in (Phase.PAUSED, Phase.LEAVING):
            # Who is there and was not heard yet does not have the call: the caller needs another AI.
            heard = self._latch.human if self._latch.phase is Phase.LEAVING else ""
            await self._departure.tell(human_identity=heard, cause="shutdown")
        elif self.ai_failed:
            # The providers are down and the caller is alone: only a person can help now.
            await self._transfer.request(
                reason="ai_failure", summary=prompts.FAILED_SUMMARY, language=None, transcript=()
            )
