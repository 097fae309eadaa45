"""Calls a person without the model's help, and tells the caller what has come of it."""

import asyncio
import logging
from collections.abc import Callable

from agent_container import prompts
from agent_container.errors import ApiRefusedError, ApiUnreachableError
from agent_container.escalation import Escalation, Line, Reason
from agent_container.floor import Announce
from agent_container.transfer import Transfer

logger = logging.getLogger(__name__)


class Summons:
    """One at a time: whoever asks while somebody is being asked for gets that one's answer."""

    def __init__(
        self, *, transfer: Transfer, announce: Announce, transcript: Callable[[], tuple[Line, ...]]
    ) -> None:
        self._transfer = transfer
        self._announce = announce
        self._transcript = transcript
        self._running: asyncio.Task[None] | None = None

    def call(self, reason: Reason, summary: str) -> None:
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._call(reason, summary))

    async def _call(self, reason: Reason, summary: str) -> None:
        try:
            escalation = await self._transfer.request(
                reason=reason, summary=summary, language=None, transcript=self._transcript()
            )
        except (ApiRefusedError, ApiUnreachableError) as error:
            logger.warning("no human could be asked", extra={"error": type(error).__name__})
            self._announce(prompts.NOT_REACHED)
        else:
            logger.info("a human was asked for without the model", extra={"reason": reason})
            self._announce(_how_it_stands(escalation))


def _how_it_stands(escalation: Escalation) -> str:
    if escalation.ended:
        return prompts.NOBODY_FREE
    if escalation.human_name:
        return prompts.CLAIMED.format(name=escalation.human_name)
    return prompts.ASKED
