"""One listening connection: recognition runs beside the reading, answers leave in the order of the speech."""

import asyncio
import uuid
from collections.abc import Coroutine, Iterable
from typing import Any, Protocol

from local.speech import deepgram
from local.speech.deepgram import Message
from local.speech.recognition import NOTHING, Transcript
from local.speech.resampling import RECOGNITION_RATE, Samples
from local.speech.segments import Ended, Paused, Resumed, Segment, Segmenter, Started


class Recognises(Protocol):
    async def recognise(self, audio: Samples) -> Transcript: ...


class Conversation:
    def __init__(self, *, recognizer: Recognises, segmenter: Segmenter, interim: bool) -> None:
        self._recognizer = recognizer
        self._segmenter = segmenter
        self._interim = interim
        self._request_id = str(uuid.uuid4())
        self._early: asyncio.Task[Transcript] | None = None
        self._answers: asyncio.Queue[asyncio.Task[Message] | None] = asyncio.Queue()
        self._seconds = 0.0

    @property
    def speaking(self) -> bool:
        return self._segmenter.speaking

    def hear(self, samples: Samples) -> None:
        self._seconds += len(samples) / RECOGNITION_RATE
        self._take(self._segmenter.feed(samples))

    def finalize(self) -> None:
        """What was said until now is answered at once; a silent line gets its (empty) answer too."""
        nothing_said = not self.speaking
        self._take(self._segmenter.finish())
        if nothing_said:
            self._answer(self._silence())

    def close(self) -> None:
        self._take(self._segmenter.finish())
        self._answer(self._farewell())
        self._answers.put_nowait(None)

    async def next_answer(self) -> Message | None:
        task = await self._answers.get()
        return None if task is None else await task

    def abandon(self) -> None:
        """The other side is gone: what still waits for recognition is not worth its time."""
        self._forget_early()
        while not self._answers.empty():
            if (task := self._answers.get_nowait()) is not None:
                task.cancel()

    def _take(self, segments: Iterable[Segment]) -> None:
        for segment in segments:
            self._follow(segment)

    def _follow(self, segment: Segment) -> None:
        match segment:
            case Started(at=at):
                self._answer(self._started(at))
            case Paused():
                self._paused(segment)
            case Resumed():
                self._forget_early()
            case Ended():
                self._ended(segment)

    def _paused(self, pause: Paused) -> None:
        self._early = asyncio.create_task(self._recognizer.recognise(pause.audio))
        if self._interim:
            self._answer(self._results(self._early, pause))

    def _ended(self, end: Ended) -> None:
        recognition = self._early or asyncio.create_task(self._recognizer.recognise(end.audio))
        self._early = None
        self._answer(self._results(recognition, end))

    def _forget_early(self) -> None:
        if self._early and not self._interim:
            self._early.cancel()
        self._early = None

    def _answer(self, message: Coroutine[Any, Any, Message]) -> None:
        self._answers.put_nowait(asyncio.create_task(message))

    async def _started(self, at: float) -> Message:
        return deepgram.speech_started(at)

    async def _results(self, recognition: asyncio.Task[Transcript], segment: Paused | Ended) -> Message:
        return deepgram.results(
            await recognition,
            request_id=self._request_id,
            start=segment.start,
            duration=len(segment.audio) / RECOGNITION_RATE,
            final=isinstance(segment, Ended),
            complete=isinstance(segment, Ended) and segment.complete,
        )

    async def _silence(self) -> Message:
        return deepgram.results(
            NOTHING, request_id=self._request_id, start=self._seconds, duration=0.0, final=True, complete=True
        )

    async def _farewell(self) -> Message:
        return deepgram.metadata(request_id=self._request_id, duration=self._seconds)
