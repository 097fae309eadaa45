"""What leaves a session's mouth: the sound that is queued for the track that the caller hears."""

from typing import Any

from livekit import rtc
from livekit.agents import AgentSession, io


class SessionMouth:
    def __init__(self, session: AgentSession[Any]) -> None:
        self._session = session

    def audible(self) -> bool:
        if source := _source_of(tail_of(self._session)):
            return source.queued_duration > 0
        # What an avatar plays is in another process.
        return self._session.agent_state == "speaking"

    def drop_what_is_queued(self) -> None:
        """Empty the buffers at once: an interruption does so too, but only some turns of a busy loop later.

        Not by muting the track: each change is told to LiveKit by a task of its own, and a mute that is
        overtaken by its unmute leaves the caller without the AI for good.
        """
        if sink := tail_of(self._session):
            sink.clear_buffer()
            if source := _source_of(sink):
                source.clear_queue()


def tail_of(session: AgentSession[Any]) -> io.AudioOutput | None:
    """The last sink of the chain: it fills the published track, or tells an avatar what to say."""
    sink = session.output.audio
    while sink is not None and sink.next_in_chain is not None:
        sink = sink.next_in_chain
    return sink


def _source_of(sink: io.AudioOutput | None) -> rtc.AudioSource | None:
    source = getattr(sink, "_audio_source", None)
    return source if isinstance(source, rtc.AudioSource) else None
