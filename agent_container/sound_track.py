"""A track of its own for what is not the AI's voice: it waits for no model and falls silent at once."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator

from livekit import rtc
from livekit.rtc.participant import UnpublishTrackError

logger = logging.getLogger(__name__)

Sound = AsyncGenerator[rtc.AudioFrame, None]

# Little is queued, so that little is heard after it was stopped.
_QUEUE_MS = 60
_SUBSCRIBED_WITHIN = 1.0
_BYTES_PER_SAMPLE = 2


class SoundTrack:
    def __init__(self, room: rtc.Room, *, name: str) -> None:
        self._room = room
        self._name = name
        self._source: rtc.AudioSource | None = None
        self._publishing: asyncio.Task[rtc.LocalTrackPublication] | None = None
        self._playing: asyncio.Task[None] | None = None

    def play(self, sound: Sound) -> asyncio.Task[None]:
        """Begin to play it, in place of what is played now."""
        self.stop()
        self._playing = asyncio.create_task(self._play(sound))
        self._playing.add_done_callback(_log_failure)
        return self._playing

    def stop(self) -> None:
        if self._playing:
            self._playing.cancel()
        if self._source:
            self._source.clear_queue()

    async def withdraw(self) -> None:
        """Take the track out of the room; the next sound brings another."""
        self.stop()
        if publishing := self._publishing:
            self._publishing = self._source = None
            await asyncio.wait({publishing})
            if not publishing.exception():
                await self._unpublish(publishing.result())

    async def _play(self, sound: Sound) -> None:
        async with contextlib.aclosing(sound):
            async for frame in sound:
                await (await self._opened(frame.sample_rate)).capture_frame(frame)
        if self._source:
            await self._source.wait_for_playout()

    async def _opened(self, rate: int) -> rtc.AudioSource:
        if self._source is None:
            self._source = rtc.AudioSource(rate, 1, queue_size_ms=_QUEUE_MS)
        self._publishing = self._publishing or asyncio.create_task(self._publish(self._source))
        # Whoever is stopped meanwhile must not leave half a track behind.
        await asyncio.shield(self._publishing)
        return self._source

    async def _publish(self, source: rtc.AudioSource) -> rtc.LocalTrackPublication:
        track = rtc.LocalAudioTrack.create_audio_track(self._name, source)
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
        publication = await self._room.local_participant.publish_track(track, options)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_SUBSCRIBED_WITHIN):
                await publication.wait_for_subscription()
        return publication

    async def _unpublish(self, publication: rtc.LocalTrackPublication) -> None:
        # The room may have been left meanwhile, and the track with it.
        with contextlib.suppress(UnpublishTrackError):
            await self._room.local_participant.unpublish_track(publication.sid)


async def frames_of(samples: bytes, *, rate: int) -> Sound:
    """16-bit mono samples, a fiftieth of a second at a time."""
    step = rate // 50
    width = step * _BYTES_PER_SAMPLE
    for start in range(0, len(samples) - width + 1, width):
        yield rtc.AudioFrame(samples[start : start + width], rate, 1, step)


def _log_failure(playing: asyncio.Task[None]) -> None:
    if not playing.cancelled() and (failure := playing.exception()):
        logger.error("a sound could not be played", exc_info=failure)
