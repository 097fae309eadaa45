"""Keeps the brief of the open request fresh in the background, from the tool's call until the human joins."""

import asyncio
import logging
from collections.abc import Callable
from typing import Final, Protocol

from agent_container.brief import Brief
from agent_container.brief_writer import BriefWriter
from agent_container.errors import ApiRefusedError, ApiUnreachableError
from agent_container.escalation import Line
from agent_container.extract import extract

logger = logging.getLogger(__name__)

REFRESHED_EVERY: Final = 6.0


class Briefs(Protocol):
    async def put_brief(self, escalation_id: str, brief: Brief) -> None: ...


class Briefing:
    """Nothing waits for it: the request is stored and people are told before its first word."""

    def __init__(
        self,
        *,
        api: Briefs,
        writer: BriefWriter,
        transcript: Callable[[], tuple[Line, ...]],
        awaited: Callable[[], bool],
    ) -> None:
        self._api = api
        self._writer = writer
        self._transcript = transcript
        # Nothing new is known of a call that a human has taken.
        self._awaited = awaited
        self._course: asyncio.Task[None] | None = None
        self._escalation_id = ""
        self.latest: Brief | None = None

    def begin(self, escalation_id: str, summary: str = "") -> None:
        if self._escalation_id != escalation_id:
            self.end()
            self._escalation_id = escalation_id
            self._course = asyncio.create_task(self._keep_fresh(summary))

    def end(self) -> None:
        self._escalation_id = ""
        if self._course:
            self._course.cancel()

    async def _keep_fresh(self, summary: str) -> None:
        told: tuple[Line, ...] = ()
        # First what needs no model: somebody may open the link at once.
        await self._send(extract(self._transcript(), summary=summary))
        while self._escalation_id:
            if self._awaited() and (said := self._transcript()) != told:
                told = said
                await self._send(await self._writer.write(said, summary=summary))
            await asyncio.sleep(REFRESHED_EVERY)

    async def _send(self, brief: Brief) -> None:
        self.latest = brief
        try:
            await self._api.put_brief(self._escalation_id, brief)
        except ApiRefusedError as refusal:
            # Over, as the API says it: nobody reads it any more.
            logger.info("the brief is not taken", extra={"status": refusal.status})
            self._escalation_id = ""
        except ApiUnreachableError:
            logger.warning("the brief could not be sent")
