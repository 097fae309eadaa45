"""Music while the caller waits for a person and nobody speaks."""

import asyncio
from collections.abc import Callable
from typing import Any, Final

from livekit.agents import AgentSession

from agent_container.melody import RATE, melody
from agent_container.sound_track import Sound, SoundTrack, frames_of

TRACK: Final = "handoff_music"
QUIET_FOR: Final = 2.0


class HoldMusic:
    """Its track is silenced from outside, too: by whatever makes the AI fall silent."""

    def __init__(self, *, session: AgentSession[Any], track: SoundTrack, waiting: Callable[[], bool]) -> None:
        self._session = session
        self._track = track
        self._waiting = waiting
        self._soon: asyncio.TimerHandle | None = None
        session.on("agent_state_changed", lambda _: self._look())
        session.on("user_state_changed", lambda _: self._look())
        session.on("close", lambda _: self._stop())

    def _look(self) -> None:
        self._stop()
        if self._nobody_speaks():
            self._soon = asyncio.get_running_loop().call_later(QUIET_FOR, self._begin)

    def _stop(self) -> None:
        if self._soon:
            self._soon.cancel()
        self._track.stop()

    def _begin(self) -> None:
        if self._nobody_speaks() and self._waiting():
            self._track.play(_without_end())

    def _nobody_speaks(self) -> bool:
        return self._session.agent_state == self._session.user_state == "listening"


async def _without_end() -> Sound:
    while True:
        async for frame in frames_of(melody(), rate=RATE):
            yield frame
