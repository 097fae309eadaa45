"""Ties the watch over the AI to its session: what it owes the caller, what can be heard, what has failed."""

import asyncio
from collections.abc import Callable
from typing import Any, Protocol

from livekit.agents import AgentSession, ErrorEvent

from agent_container.breakdown import Breakdown, Clips
from agent_container.mouth import SessionMouth
from agent_container.transcript import transcript_of
from agent_container.transfer import Transfer
from agent_container.vigil import Patience, Vigil

LOOK_EVERY = 0.2


class SessionSigns:
    def __init__(self, session: AgentSession[Any]) -> None:
        self._session = session
        self._mouth = SessionMouth(session)

    def owed(self) -> bool:
        """Nothing while a human has the floor."""
        session = self._session
        if not session.output.audio_enabled:
            return False
        speech = session.current_speech
        return session.agent_state == "thinking" or (speech is not None and not speech.done())

    def audible(self) -> bool:
        return self._mouth.audible()

    def caller_speaks(self) -> bool:
        return self._session.user_state == "speaking"


class Hushed(Protocol):
    """A voice that can be made to drop what it says."""

    def hush(self) -> None: ...


class Lifeline:
    def __init__(
        self,
        *,
        session: AgentSession[Any],
        voice: Hushed,
        clips: Clips,
        transfer: Transfer,
        may_speak: Callable[[], bool],
        patience: Patience,
    ) -> None:
        self._breakdown = breakdown = Breakdown(
            transfer=transfer,
            clips=clips,
            may_speak=may_speak,
            hush=voice.hush,
            transcript=lambda: transcript_of(session),
        )
        self._vigil = Vigil(
            signs=SessionSigns(session),
            patience=patience,
            moment=breakdown.reassure,
            give_up=lambda: breakdown.failed("unknown"),
            well=breakdown.well,
        )
        self._watching: asyncio.Task[None] | None = None
        session.on("error", self._on_error)
        session.on("user_input_transcribed", lambda _: self._vigil.understood())
        session.on("user_transcription_timeout", lambda _: self._vigil.not_understood())
        session.on("close", lambda _: self.cut())

    def hold(self) -> None:
        self._watching = asyncio.create_task(self._watch())

    def cut(self) -> None:
        if self._watching:
            self._watching.cancel()
        self._breakdown.stop()

    async def _watch(self) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            self._vigil.look(clock())
            await asyncio.sleep(LOOK_EVERY)

    def _on_error(self, event: ErrorEvent) -> None:
        if not getattr(event.error, "recoverable", True):
            self._breakdown.failed(str(getattr(event.error, "type", "unknown")))
