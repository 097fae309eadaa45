"""The messages of Deepgram's live transcription, as its LiveKit plugin reads them."""

from itertools import pairwise
from typing import Any

from local.speech.recognition import Transcript

Message = dict[str, Any]


def speech_started(at: float) -> Message:
    return {"type": "SpeechStarted", "channel": [0, 1], "timestamp": round(at, 3)}


def results(
    transcript: Transcript,
    *,
    request_id: str,
    start: float,
    duration: float,
    final: bool,
    complete: bool,
) -> Message:
    alternative = {
        "transcript": transcript.text,
        "confidence": round(transcript.confidence, 4),
        "words": _words(transcript, start=start, duration=duration),
    }
    return {
        "type": "Results",
        "channel_index": [0, 1],
        "start": round(start, 3),
        "duration": round(duration, 3),
        "is_final": final,
        "speech_final": complete,
        "channel": {"alternatives": [alternative]},
        "metadata": {
            "request_id": request_id,
            "model_info": {"name": "whisper-tiny.en", "version": "1", "arch": "whisper"},
        },
    }


def metadata(*, request_id: str, duration: float) -> Message:
    return {"type": "Metadata", "request_id": request_id, "duration": round(duration, 3), "channels": 1}


def _words(transcript: Transcript, *, start: float, duration: float) -> list[Message]:
    """Times are shared out by length: whisper's own alignment would cost a third more time."""
    spoken = transcript.text.split()
    letters = sum(len(word) + 1 for word in spoken)
    edges = [start]
    for word in spoken:
        edges.append(edges[-1] + duration * (len(word) + 1) / letters)
    return [
        _word(word, span, transcript.confidence) for word, span in zip(spoken, pairwise(edges), strict=True)
    ]


def _word(word: str, span: tuple[float, float], confidence: float) -> Message:
    return {
        "word": word.strip(".,!?;:\"'").lower(),
        "punctuated_word": word,
        "start": round(span[0], 3),
        "end": round(span[1], 3),
        "confidence": round(confidence, 4),
    }
