"""The picture of a voice: one for each piece of sound, and a flat line while there is none."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Final

import numpy as np
from livekit import rtc
from livekit.agents.voice.avatar import AudioSegmentEnd, VideoGenerator

WIDTH: Final = 320
HEIGHT: Final = 180
FPS: Final = 10

_MIDDLE = HEIGHT // 2
_LOUDEST = 32_768
_GROUND = (16, 24, 40, 255)
_LINE = (96, 200, 255, 255)
_BLANK = np.full((HEIGHT, WIDTH, 4), _GROUND, np.uint8)
# How far each row is from the middle.
_OFF = np.abs(np.arange(HEIGHT) - _MIDDLE)[:, np.newaxis]

Heard = rtc.AudioFrame | AudioSegmentEnd


class Wave(VideoGenerator):
    def __init__(self) -> None:
        self._sound: asyncio.Queue[Heard] = asyncio.Queue()

    async def push_audio(self, frame: Heard) -> None:
        self._sound.put_nowait(frame)

    def clear_buffer(self) -> None:
        while not self._sound.empty():
            self._sound.get_nowait()

    def __aiter__(self) -> AsyncIterator[rtc.VideoFrame | Heard]:
        return self._frames()

    async def _frames(self) -> AsyncIterator[rtc.VideoFrame | Heard]:
        while True:
            heard = await self._next()
            if not isinstance(heard, AudioSegmentEnd):
                yield drawn(heard)
            if heard:
                yield heard

    async def _next(self) -> Heard | None:
        try:
            async with asyncio.timeout(1 / FPS):
                return await self._sound.get()
        except TimeoutError:
            return None


def drawn(sound: rtc.AudioFrame | None) -> rtc.VideoFrame:
    picture = _BLANK.copy()
    picture[_heights(sound) >= _OFF] = _LINE
    return rtc.VideoFrame(WIDTH, HEIGHT, rtc.VideoBufferType.RGBA, picture.tobytes())


def _heights(sound: rtc.AudioFrame | None) -> np.ndarray[Any, Any]:
    """How high the wave is in each column, from the middle up and down."""
    if sound is None or not sound.samples_per_channel:
        return np.ones(WIDTH)
    samples = np.abs(np.frombuffer(sound.data, np.int16).astype(np.int32))
    columns = np.linspace(0, samples.size - 1, WIDTH).astype(int)
    return np.asarray(1 + samples[columns] * (_MIDDLE - 1) / _LOUDEST)
