"""An ear: measures every speaker's 10 ms frames on its own monotonic clock, and records them."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable

import numpy as np
from livekit import rtc

from local.rehearsal.loudness import Loudness, Samples, dbfs
from local.rehearsal.messages import Heard
from local.rehearsal.patience import Pulse
from local.rehearsal.recorder import Recorder

RATE = 16_000
_BATCH_FRAMES = 20


class Ear:
    """Listens to remote tracks; `tell` gets what was measured in batches of 200 ms."""

    def __init__(
        self, *, owner: str, tell: Callable[[Heard], None], recorder: Recorder | None, pulse: Pulse
    ) -> None:
        self._owner, self._tell, self._recorder, self._pulse = owner, tell, recorder, pulse
        self._loudness: dict[str, Loudness] = defaultdict(Loudness)
        self._batches: dict[str, Loudness] = defaultdict(Loudness)
        self._listening: set[asyncio.Task[None]] = set()

    def of(self, speaker: str) -> Loudness:
        return self._loudness[speaker]

    def listen(self, track: rtc.Track, speaker: str) -> None:
        stream = rtc.AudioStream.from_track(track=track, sample_rate=RATE, num_channels=1, frame_size_ms=10)
        task = asyncio.create_task(self._hear(stream, speaker))
        self._listening.add(task)
        task.add_done_callback(self._listening.discard)

    async def _hear(self, stream: rtc.AudioStream, speaker: str) -> None:
        try:
            async for event in stream:
                samples = np.frombuffer(event.frame.data, dtype=np.int16)
                self.take(speaker, at=time.monotonic(), samples=samples)
        finally:
            self._hand_over(speaker)
            await stream.aclose()

    def take(self, speaker: str, *, at: float, samples: Samples) -> None:
        """One frame of 10 ms."""
        level = dbfs(samples)
        for loudness in (self._loudness[speaker], self._batches[speaker]):
            loudness.add(at, level)
        if self._recorder is not None:
            self._recorder.write(speaker, at=at, samples=samples)
        if len(self._batches[speaker].at) >= _BATCH_FRAMES:
            self._hand_over(speaker)
        self._pulse.beat()

    def _hand_over(self, speaker: str) -> None:
        batch = self._batches.pop(speaker, Loudness())
        if batch.at:
            at = tuple(round(each, 4) for each in batch.at)
            level = tuple(round(each, 1) for each in batch.level)
            self._tell(Heard(ear=self._owner, speaker=speaker, at=at, dbfs=level))

    def quiet(self, speaker: str, *, for_s: float) -> bool:
        """Nothing of this speaker was loud for that long, by the clock."""
        last = self.of(speaker).last_loud()
        return last is None or time.monotonic() - last >= for_s

    async def close(self) -> None:
        """Hands over what is left, and writes the recordings."""
        listening = list(self._listening)
        for task in listening:
            task.cancel()
        await asyncio.gather(*listening, return_exceptions=True)
        if self._recorder is not None:
            self._recorder.close()
