"""The AI itself fails: a person is called, and the caller is told without the AI's voice."""

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

from agent_container import prompts
from agent_container.errors import ApiRefusedError, ApiUnreachableError
from agent_container.escalation import Line
from agent_container.transfer import Transfer

logger = logging.getLogger(__name__)

ASK_AGAIN_AFTER = 5.0
STILL_HERE_EVERY = 15.0


class Clips(Protocol):
    """Recorded sentences that can be heard without a model."""

    def play(self, name: str) -> None: ...
    def stop(self) -> None: ...


class Breakdown:
    def __init__(
        self,
        *,
        transfer: Transfer,
        clips: Clips,
        may_speak: Callable[[], bool],
        hush: Callable[[], None],
        transcript: Callable[[], tuple[Line, ...]],
    ) -> None:
        self._transfer = transfer
        self._clips = clips
        self._may_speak = may_speak
        self._hush = hush
        self._transcript = transcript
        self._asking: asyncio.Task[None] | None = None
        self._staying: asyncio.Task[None] | None = None

    def reassure(self) -> None:
        self._play("moment")

    def failed(self, what: str) -> None:
        if not self._may_speak():
            return
        logger.error("the AI has failed", extra={"provider": what})
        # What hangs would keep everything from being said that comes after it.
        self._hush()
        if self._asking is None:
            self._play("trouble")
            self._asking = asyncio.create_task(self._ask())
        else:
            self._play(self._how_it_stands())
        self._stay()

    def well(self) -> None:
        """The AI can be heard: nothing else may talk into its words. Whoever was called may still come."""
        self._clips.stop()
        self._leave_it()
        if self._asking and self._asking.done():
            self._asking = None

    def stop(self) -> None:
        self.well()
        if self._asking:
            self._asking.cancel()

    async def _ask(self) -> None:
        while not await self._asked():  # noqa: ASYNC110 (nobody tells when the API is back)
            await asyncio.sleep(ASK_AGAIN_AFTER)

    async def _be_there(self, asking: asyncio.Task[None]) -> None:
        await asyncio.wait({asking})
        while self._transfer.escalation_id:
            await asyncio.sleep(STILL_HERE_EVERY)
            self._play(self._how_it_stands())
        self._play("nobody")

    def _how_it_stands(self) -> str:
        waiting = self._transfer.escalation_id or (self._asking and not self._asking.done())
        return "still_here" if waiting else "nobody"

    def _stay(self) -> None:
        self._leave_it()
        if self._asking:
            self._staying = asyncio.create_task(self._be_there(self._asking))

    def _leave_it(self) -> None:
        if self._staying:
            self._staying.cancel()
            self._staying = None

    async def _asked(self) -> bool:
        try:
            await self._transfer.request(
                reason="ai_failure",
                summary=prompts.FAILING_SUMMARY,
                language=None,
                transcript=self._transcript(),
            )
        except (ApiRefusedError, ApiUnreachableError) as error:
            logger.warning("no human could be asked", extra={"error": type(error).__name__})
            return False
        return True

    def _play(self, clip: str) -> None:
        if self._may_speak():
            self._clips.play(clip)
