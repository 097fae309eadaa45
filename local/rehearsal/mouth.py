"""A mouth: an open microphone that carries silence, and a sentence when there is one to say."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import numpy as np
from livekit import rtc

from local.rehearsal.loudness import Loudness, Samples, dbfs
from local.rehearsal.messages import Said
from local.rehearsal.voice import RATE, sentence

_FRAME_SAMPLES = RATE // 100
_QUEUE_MS = 60
_SILENCE = np.zeros(_FRAME_SAMPLES, dtype=np.int16)


class Mouth:
    """Publishes a microphone at once and keeps it open, as a phone or a browser does."""

    def __init__(self, *, owner: str, voice: str, tell: Callable[[Said], None]) -> None:
        self._owner, self._voice, self._tell = owner, voice, tell
        self._source = rtc.AudioSource(RATE, 1, queue_size_ms=_QUEUE_MS)
        self._frames: Iterator[Samples] = iter(())
        self._spoken = Loudness()
        self._done = asyncio.Event()
        self._pump: asyncio.Task[None] | None = None
        self._track: rtc.LocalAudioTrack | None = None

    async def open(self, room: rtc.Room, *, muted: bool = False) -> None:
        self._track = track = rtc.LocalAudioTrack.create_audio_track("microphone", self._source)
        if muted:
            track.mute()
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
        self._pump = asyncio.create_task(self._keep_open())
        await room.local_participant.publish_track(track, options)

    def unmute(self) -> None:
        if self._track is not None:
            self._track.unmute()

    async def say(self, text: str) -> Said:
        """Speaks the sentence and returns when its last sample has left."""
        samples = await asyncio.to_thread(sentence, text, self._voice)
        self._spoken, self._done = Loudness(), asyncio.Event()
        self._frames = _cut(samples)
        await self._done.wait()
        said = Said(actor=self._owner, text=text, at=tuple(self._spoken.at), dbfs=tuple(self._spoken.level))
        self._tell(said)
        return said

    async def _keep_open(self) -> None:
        while True:
            samples = next(self._frames, None)
            if samples is None:
                self._finish_sentence()
                samples = _SILENCE
            else:
                self._spoken.add(time.monotonic() + self._source.queued_duration, dbfs(samples))
            await self._source.capture_frame(rtc.AudioFrame(samples.tobytes(), RATE, 1, samples.size))

    def _finish_sentence(self) -> None:
        if self._spoken.at and time.monotonic() >= self._spoken.at[-1]:
            self._done.set()

    async def close(self) -> None:
        if self._pump is not None:
            self._pump.cancel()
            with suppress(asyncio.CancelledError):
                await self._pump
        await self._source.aclose()


def _cut(samples: Samples) -> Iterator[Samples]:
    padded = np.concatenate([samples, np.zeros(-samples.size % _FRAME_SAMPLES, dtype=np.int16)])
    return iter(padded.reshape(-1, _FRAME_SAMPLES))
