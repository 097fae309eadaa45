"""The AI's face: an avatar that speaks in place of the AI's own track while nobody else may have the word."""

import asyncio
import logging
from typing import Any, Protocol

from livekit import rtc
from livekit.agents import AgentSession, io

from agent_container.mouth import tail_of

logger = logging.getLogger(__name__)


class Comings(Protocol):
    """How the avatar comes into the room and out of it."""

    identity: str

    async def bring(self) -> io.AudioOutput: ...
    def end(self) -> None: ...


class Face:
    """The AI speaks on its own track until the avatar is there, when it is lost, and once it has to go."""

    def __init__(self, *, room: rtc.Room, session: AgentSession[Any], visits: Comings) -> None:
        self._session = session
        self._visits = visits
        self._own: io.AudioOutput | None = None
        self._coming: asyncio.Task[None] | None = None
        self._over = False
        room.on("participant_connected", self._on_connected)
        room.on("participant_disconnected", self._on_disconnected)
        session.on("close", lambda _: self._close())

    def show(self) -> None:
        """Have it come, unless it is there, on its way, or cannot come."""
        if self._coming is None and not self._over:
            self._coming = asyncio.create_task(self._come())

    def hide(self) -> None:
        """Speak without it from this instant on, whatever becomes of what it was told to say."""
        if self._coming:
            self._coming.cancel()
            self._coming = None
            self._take_off()
            self._visits.end()

    async def _come(self) -> None:
        try:
            theirs = await self._visits.bring()
            # In the middle of a sentence the rest of it would be lost.
            await self._session.wait_for_idle()
        except Exception as error:  # noqa: BLE001 (plugins raise what they like, and the AI speaks all the same)
            logger.warning("the avatar did not come", extra={"error": type(error).__name__})
            self._visits.end()
        else:
            self._put_on(theirs)

    def _put_on(self, theirs: io.AudioOutput) -> None:
        self._own = tail_of(self._session)
        self._session.output.replace_audio_tail(theirs)
        logger.info("an avatar speaks for the AI")

    def _take_off(self) -> None:
        if self._own and self._session.output.audio:
            self._session.output.replace_audio_tail(self._own)
        self._own = None

    def _on_connected(self, participant: rtc.RemoteParticipant) -> None:
        """Asked for, and called off before it came."""
        if participant.identity == self._visits.identity and self._coming is None:
            self._visits.end()

    def _on_disconnected(self, participant: rtc.RemoteParticipant) -> None:
        if participant.identity == self._visits.identity and self._coming:
            logger.warning("the avatar is gone, and the AI speaks without it")
            self.hide()

    def _close(self) -> None:
        self._over = True
        self.hide()
