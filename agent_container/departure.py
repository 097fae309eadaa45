"""How the AI leaves: it tells the API, closes its session and ends its job; the room stays."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from livekit.agents import AgentSession

from agent_container.claims import ApiClaims
from agent_container.errors import ApiRefusedError, ApiUnreachableError
from agent_container.escalation import LeaveCause
from agent_container.escalation_client import EscalationClient
from agent_container.exit_ports import Way

logger = logging.getLogger(__name__)

REPORT_WITHIN = 0.5
CLOSE_WITHIN = 2.0


class JobDeparture:
    def __init__(
        self,
        *,
        api: EscalationClient,
        claims: ApiClaims,
        agent_identity: str,
        session: AgentSession[Any],
        end_job: Callable[[str], None],
    ) -> None:
        self._api = api
        self._claims = claims
        self._agent_identity = agent_identity
        self._session = session
        self._end_job = end_job
        self._closed = asyncio.Event()
        self.report: asyncio.Task[None] | None = None

    def session_closed(self) -> None:
        self._closed.set()
        self._end_job("the session is closed")

    async def leave(self, *, human_identity: str, way: Way) -> None:
        self.report = asyncio.create_task(self.tell(human_identity=human_identity, cause=way))
        # A slow API must not keep the AI in the room; the report goes on after the job has left it.
        await asyncio.wait({self.report}, timeout=REPORT_WITHIN)
        self._session.shutdown(drain=True)
        try:
            await asyncio.wait_for(self._closed.wait(), CLOSE_WITHIN)
        except TimeoutError:
            self._end_job("the session did not close in time")

    async def tell(self, *, human_identity: str, cause: LeaveCause) -> None:
        escalation_id = self._claims.escalation_of(human_identity)
        if escalation_id is None:
            return
        facts = {"escalation_id": escalation_id, "cause": cause}
        try:
            await self._api.ai_left(
                escalation_id, agent_identity=self._agent_identity, human_identity=human_identity, cause=cause
            )
        except (ApiRefusedError, ApiUnreachableError):
            logger.warning("the API was not told that the AI left", extra=facts)
        else:
            logger.info("the AI has left", extra=facts)
