"""Ears, a voice and a loudspeaker for a real session: who speaks when is up to the test, not to a clock."""

import asyncio
from typing import Any

import numpy as np
from livekit import rtc
from livekit.agents import io, stt, tts, utils, vad
from livekit.agents.types import (
    DEFAULT_API_CONNECT_OPTIONS,
    NOT_GIVEN,
    APIConnectOptions,
    NotGivenOr,
)

RATE = 16_000
LONGER_THAN_A_COUGH = 1.0


class ScriptedVad(vad.VAD):
    """Says that the caller speaks when they do so."""

    def __init__(self) -> None:
        super().__init__(capabilities=vad.VADCapabilities(update_interval=0.1))
        self._streams: list[_VadStream] = []

    def stream(self) -> vad.VADStream:
        self._streams.append(_VadStream(self))
        return self._streams[-1]

    def tell(self, kind: vad.VADEventType, *, speaking: bool) -> None:
        event = vad.VADEvent(
            type=kind,
            samples_index=0,
            timestamp=0.0,
            speech_duration=LONGER_THAN_A_COUGH if speaking else 0.0,
            silence_duration=0.0,
            speaking=speaking,
            raw_accumulated_speech=LONGER_THAN_A_COUGH if speaking else 0.0,
        )
        for stream in self._streams:
            stream.tell(event)


class _VadStream(vad.VADStream):
    def tell(self, event: vad.VADEvent) -> None:
        self._event_ch.send_nowait(event)

    async def _main_task(self) -> None:
        async for _ in self._input_ch:
            pass


class ScriptedStt(stt.STT[Any]):
    """Understands what it is told that the caller has said."""

    def __init__(self) -> None:
        super().__init__(capabilities=stt.STTCapabilities(streaming=True, interim_results=False))
        # A session that forgets what the caller was saying listens anew, on another stream.
        self._said: asyncio.Queue[stt.SpeechEvent] = asyncio.Queue()

    def stream(
        self,
        *,
        language: NotGivenOr[str] = NOT_GIVEN,
        conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS,
    ) -> stt.RecognizeStream:
        del language
        return _SttStream(self._said, stt=self, conn_options=conn_options, sample_rate=RATE)

    async def _recognize_impl(
        self,
        buffer: utils.AudioBuffer,
        *,
        language: NotGivenOr[str] = NOT_GIVEN,
        conn_options: APIConnectOptions,
    ) -> stt.SpeechEvent:
        raise NotImplementedError

    def tell(self, text: str) -> None:
        said = stt.SpeechData(language="en", text=text, confidence=1.0)  # type: ignore[arg-type]
        self._said.put_nowait(stt.SpeechEvent(type=stt.SpeechEventType.FINAL_TRANSCRIPT, alternatives=[said]))


class _SttStream(stt.RecognizeStream):
    def __init__(self, said: asyncio.Queue[stt.SpeechEvent], **options: Any) -> None:
        self._said = said
        super().__init__(**options)

    async def _run(self) -> None:
        while True:
            self._event_ch.send_nowait(await self._said.get())


class Humming(tts.TTS[Any]):
    """A voice that hums, for that long, whatever the words."""

    def __init__(self, *, seconds: float = 0.1) -> None:
        super().__init__(capabilities=tts.TTSCapabilities(streaming=False), sample_rate=RATE, num_channels=1)
        self.seconds = seconds
        self.said: list[str] = []

    def synthesize(
        self, text: str, *, conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS
    ) -> tts.ChunkedStream:
        self.said.append(text)
        return _Hum(self.seconds, tts=self, input_text=text, conn_options=conn_options)


class _Hum(tts.ChunkedStream):
    def __init__(self, seconds: float, **options: Any) -> None:
        self._seconds = seconds
        super().__init__(**options)

    async def _run(self, output_emitter: tts.AudioEmitter) -> None:
        output_emitter.initialize(request_id="1", sample_rate=RATE, num_channels=1, mime_type="audio/pcm")
        at = np.arange(int(RATE * self._seconds)) / RATE
        output_emitter.push((8_000 * np.sin(2 * np.pi * 330 * at)).astype("<i2").tobytes())


class Loudspeaker(io.AudioOutput):
    """Plays each speech until the test lets it end, or until it is cut."""

    def __init__(self) -> None:
        super().__init__(
            label="loudspeaker", capabilities=io.AudioOutputCapabilities(pause=True), sample_rate=RATE
        )
        self.held = False
        self.cut = 0
        self._playing = False
        self._flushed = False

    def let_end(self) -> None:
        self.held = False
        self._end_if_over()

    async def capture_frame(self, frame: rtc.AudioFrame) -> None:
        await super().capture_frame(frame)
        if not self._playing:
            self._playing, self._flushed = True, False
            self.on_playback_started(created_at=asyncio.get_running_loop().time())

    def flush(self) -> None:
        super().flush()
        self._flushed = True
        self._end_if_over()

    def clear_buffer(self) -> None:
        if self._playing:
            self._playing = False
            self.cut += 1
            self.on_playback_finished(playback_position=0.05, interrupted=True)

    def _end_if_over(self) -> None:
        if self._playing and self._flushed and not self.held:
            self._playing = False
            self.on_playback_finished(playback_position=0.1, interrupted=False)
