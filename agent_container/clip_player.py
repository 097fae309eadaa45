"""Plays recorded sentences into the room: on a track of its own, which waits for no model."""

import asyncio
import contextlib
import logging
from collections.abc import Callable

from livekit import rtc

from agent_container import clips

logger = logging.getLogger(__name__)

# Little is queued, so that little is heard after it was stopped.
_QUEUE_MS = 60
_STEP = clips.RATE // 50
_BYTES_PER_SAMPLE = 2
_SUBSCRIBED_WITHIN = 1.0


class ClipPlayer:
    def __init__(self, room: rtc.Room, *, load: Callable[[str], bytes] = clips.load) -> None:
        self._room = room
        self._load = load
        self._source: rtc.AudioSource | None = None
        self._publishing: asyncio.Task[rtc.AudioSource] | None = None
        self._playing: asyncio.Task[None] | None = None

    def play(self, name: str) -> None:
        """Begin to play it, in place of what is played now."""
        self.stop()
        self._playing = asyncio.create_task(self._play(self._load(name)))
        self._playing.add_done_callback(_log_failure)

    def stop(self) -> None:
        if self._playing:
            self._playing.cancel()
        if self._source:
            self._source.clear_queue()

    async def _play(self, samples: bytes) -> None:
        self._publishing = self._publishing or asyncio.create_task(self._publish())
        # Whoever is stopped meanwhile must not leave half a track behind.
        source = await asyncio.shield(self._publishing)
        width = _STEP * _BYTES_PER_SAMPLE
        for start in range(0, len(samples) - width + 1, width):
            piece = samples[start : start + width]
            await source.capture_frame(rtc.AudioFrame(piece, clips.RATE, 1, _STEP))

    async def _publish(self) -> rtc.AudioSource:
        self._source = rtc.AudioSource(clips.RATE, 1, queue_size_ms=_QUEUE_MS)
        track = rtc.LocalAudioTrack.create_audio_track("handoff_clips", self._source)
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
        publication = await self._room.local_participant.publish_track(track, options)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_SUBSCRIBED_WITHIN):
                await publication.wait_for_subscription()
        return self._source


def _log_failure(playing: asyncio.Task[None]) -> None:
    if not playing.cancelled() and (failure := playing.exception()):
        logger.error("a clip could not be played", exc_info=failure)
