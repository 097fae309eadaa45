"""The exit latch's hold on the session: mute it in one step, give it back, let it say goodbye."""

import asyncio
import contextlib
import logging
from typing import Any

from livekit import rtc
from livekit.agents import AgentSession

logger = logging.getLogger(__name__)

FAREWELL_WITHIN = 4.0


class SessionVoice:
    def __init__(self, session: AgentSession[Any], room: rtc.Room | None = None) -> None:
        self._session = session
        self._room = room

    def silence(self) -> None:
        # First, as it needs no turn of the event loop: nothing of what is queued already comes out.
        self._mute(muted=True)
        self._stop_speaking()
        self._let_speak(allowed=False)
        self._let_hear(allowed=False)

    def resume(self) -> None:
        # A farewell that was begun for somebody who has gone again.
        self._stop_speaking()
        self._let_speak(allowed=True)
        self._let_hear(allowed=True)

    def announce(self, text: str) -> None:
        # Raised when the session has not begun or is closing: there is nobody to hear it.
        with contextlib.suppress(RuntimeError):
            self._session.say(text)

    async def farewell(self, text: str) -> None:
        """Speak once more without listening; a voice that fails must not keep the AI in the room."""
        # What was on its way when silence fell would come out together with the farewell.
        self._stop_speaking()
        self._let_speak(allowed=True)
        try:
            async with asyncio.timeout(FAREWELL_WITHIN):
                await self._session.say(text, allow_interruptions=False)
        except (RuntimeError, TimeoutError) as error:
            logger.warning("the farewell was not spoken", extra={"error": type(error).__name__})
        # Not when cancelled: then the voice has already been given back.
        self._stop_speaking()
        self._let_speak(allowed=False)

    def _stop_speaking(self) -> None:
        with contextlib.suppress(RuntimeError):
            self._session.interrupt(force=True)
            self._session.clear_user_turn()

    def _let_speak(self, *, allowed: bool) -> None:
        self._session.output.set_audio_enabled(allowed)
        self._session.output.set_transcription_enabled(allowed)
        if allowed:
            self._mute(muted=False)

    def _let_hear(self, *, allowed: bool) -> None:
        self._session.input.set_audio_enabled(allowed)

    def _mute(self, *, muted: bool) -> None:
        for track in _published(self._room):
            if muted:
                track.mute()
            else:
                track.unmute()


def _published(room: rtc.Room | None) -> tuple[rtc.LocalAudioTrack, ...]:
    if room is None or not room.isconnected():
        return ()
    publications = room.local_participant.track_publications.values()
    return tuple(track for one in publications if isinstance(track := one.track, rtc.LocalAudioTrack))
