"""Gives the call to the AI that another worker sends, when this one is being stopped: at a pause."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import Any, Final

from livekit import rtc
from livekit.agents import AgentSession

from agent_container.baton import passed_on
from agent_container.exit_latch import ExitLatch
from agent_container.newcomers import somebody
from agent_container.rivals import is_ai

logger = logging.getLogger(__name__)

METHOD: Final = "handoff.relieve"
PAUSE_WITHIN: Final = 8.0
COMES_WITHIN: Final = 5.0
# Who asks has joined a moment ago and publishes nothing yet.
KNOWN_WITHIN: Final = 4.0
NOT_AN_AI: Final = 1
A_HUMAN_COMES: Final = 2


class Relief:
    """The other AI asks for the words, and is heard or it was for nothing; somebody always has the call."""

    def __init__(
        self,
        *,
        room: rtc.Room,
        session: AgentSession[Any],
        latch: ExitLatch,
        hang_up: Callable[[], None],
        agent_name: str,
    ) -> None:
        self._room = room
        self._session = session
        self._latch = latch
        self._hang_up = hang_up
        self._agent_name = agent_name
        self._successor = ""
        self._patience: asyncio.TimerHandle | None = None
        self._leaving: asyncio.Task[None] | None = None

    def offer(self) -> None:
        self._room.on("track_published", self._on_track_published)
        self._room.on("participant_disconnected", self._on_gone)
        self._session.on("close", lambda _: self._stop_waiting())
        self._room.local_participant.register_rpc_method(METHOD, self.give)

    async def give(self, request: rtc.RpcInvocationData) -> str:
        """What was said, to an AI of ours only: LiveKit says who is one, and nobody can claim it."""
        if not await self._is_ours(request.caller_identity):
            raise rtc.RpcError(NOT_AN_AI, "not an AI of ours")
        await self._pause()
        if not self._latch.step_aside():
            raise rtc.RpcError(A_HUMAN_COMES, "a human is about to take over")
        self._successor = request.caller_identity
        self._patience = asyncio.get_running_loop().call_later(COMES_WITHIN, self._go_on)
        return passed_on(self._session.history)

    async def _is_ours(self, identity: str) -> bool:
        try:
            async with asyncio.timeout(KNOWN_WITHIN):
                asking = await somebody(self._room, lambda one: one.identity == identity)
        except TimeoutError:
            return False
        return is_ai(asking, self._agent_name)

    async def _pause(self) -> None:
        """Neither side is cut off, unless one of them does not stop talking."""
        with contextlib.suppress(TimeoutError, RuntimeError):
            async with asyncio.timeout(PAUSE_WITHIN):
                await self._session.wait_for_idle()

    def _on_track_published(
        self, publication: rtc.RemoteTrackPublication, participant: rtc.RemoteParticipant
    ) -> None:
        if participant.identity == self._successor and publication.kind == rtc.TrackKind.KIND_AUDIO:
            self._stop_waiting()
            self._leaving = asyncio.create_task(self._leave())

    def _on_gone(self, participant: rtc.RemoteParticipant) -> None:
        if participant.identity == self._successor and self._leaving is None:
            self._go_on()
            self._successor = ""

    def _go_on(self) -> None:
        """One that comes later than that has the call all the same: it knows no better."""
        logger.warning("the AI that was to take over did not come", extra={"successor": self._successor})
        self._stop_waiting()
        self._latch.step_back()

    def _stop_waiting(self) -> None:
        if self._patience:
            self._patience.cancel()

    async def _leave(self) -> None:
        logger.info("another AI has taken over", extra={"successor": self._successor})
        for sid in tuple(self._room.local_participant.track_publications):
            # What fails here ends with the connection a moment later.
            with contextlib.suppress(Exception):
                await self._room.local_participant.unpublish_track(sid)
        self._hang_up()
