"""The exit latch's hold on the session: mute it in one step, give it back, let it say goodbye."""

import asyncio
import contextlib
import logging
from typing import Any, Protocol

from livekit.agents import AgentSession
from livekit.agents.voice import SpeechHandle

from agent_container.mask import BARE, Mask
from agent_container.mouth import SessionMouth

logger = logging.getLogger(__name__)

FAREWELL_WITHIN = 4.0


class Sound(Protocol):
    """Anything else of ours that the caller may hear."""

    def stop(self) -> None: ...


class SessionVoice:
    def __init__(self, session: AgentSession[Any], *others: Sound, face: Mask = BARE) -> None:
        self._session = session
        self._others = others
        self._face = face
        self._mouth = SessionMouth(session)
        self._news: SpeechHandle | None = None

    def silence(self) -> None:
        for other in self._others:
            other.stop()
        self.hush()
        self._let_speak(allowed=False)
        self._let_hear(allowed=False)

    def unmask(self) -> None:
        """Leave it to nobody else to be silent: from now on only what is played here can be heard."""
        self._face.hide()

    def hush(self) -> None:
        """Drop what is being said or about to be said; the next words can be heard again."""
        self._mouth.drop_what_is_queued()
        self._stop_speaking()

    def resume(self) -> None:
        # A farewell that was begun for somebody who has gone again.
        self._stop_speaking()
        self._let_speak(allowed=True)
        self._let_hear(allowed=True)
        self._face.show()

    def announce(self, text: str) -> None:
        # Raised when the session has not begun or is closing: there is nobody to hear it.
        with contextlib.suppress(RuntimeError):
            self._drop_old_news()
            self._news = self._session.say(text)

    def _drop_old_news(self) -> None:
        """What still waits for its turn is overtaken, and would only hold up what is so now."""
        old = self._news
        if old and not old.done() and old is not self._session.current_speech:
            old.interrupt(force=True)

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

    def _let_hear(self, *, allowed: bool) -> None:
        self._session.input.set_audio_enabled(allowed)
