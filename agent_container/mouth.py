"""What leaves a session's mouth: the sound that is queued for the track that the caller hears."""

from collections.abc import Iterator
from typing import Any

from livekit import rtc
from livekit.agents import AgentSession, io


class SessionMouth:
    def __init__(self, session: AgentSession[Any]) -> None:
        self._session = session

    def audible(self) -> bool:
        return any(source.queued_duration > 0 for _, source in self._sources())

    def drop_what_is_queued(self) -> None:
        """Empty the buffers at once: an interruption does so too, but only some turns of a busy loop later.

        Not by muting the track: each change is told to LiveKit by a task of its own, and a mute that is
        overtaken by its unmute leaves the caller without the AI for good.
        """
        for sink, source in self._sources():
            sink.clear_buffer()
            source.clear_queue()

    def _sources(self) -> Iterator[tuple[io.AudioOutput, rtc.AudioSource]]:
        sink = self._session.output.audio
        while sink is not None:
            # The last sink of the chain fills the source of the published track.
            if isinstance(source := getattr(sink, "_audio_source", None), rtc.AudioSource):
                yield sink, source
            sink = sink.next_in_chain
