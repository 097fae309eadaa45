"""POST /v1/audio/speech: OpenAI's text to speech, by sentences, so that the first one is heard at once."""

import asyncio
import re
import struct
from collections.abc import AsyncIterator

from aiohttp import web
from pydantic import BaseModel, Field, ValidationError

from local.speech.completions import failure
from local.speech.resampling import Pcm
from local.speech.voices import AGENT, SPEECH_RATE, speak

_SENTENCE_END = re.compile(r"(?<=[.!?…:])\s+")
_UNKNOWN_LENGTH = 0xFFFFFFFF


class SpeechRequest(BaseModel):
    """What of OpenAI's request matters here; its other fields are let through unread."""

    input: str = Field(min_length=1, max_length=4096)
    voice: str = Field(default=AGENT, max_length=64)
    speed: float = Field(default=1.0, ge=0.25, le=4.0)
    response_format: str = "wav"


async def handle(request: web.Request) -> web.StreamResponse:
    try:
        wanted = SpeechRequest.model_validate_json(await request.read())
    except ValidationError as error:
        return web.json_response(failure(str(error)), status=400)
    raw = wanted.response_format == "pcm"
    response = web.StreamResponse(headers={"Content-Type": "audio/pcm" if raw else "audio/wav"})
    await response.prepare(request)
    if not raw:
        await response.write(_wav_header())
    async for samples in _spoken(wanted):
        await response.write(samples.tobytes())
    await response.write_eof()
    return response


async def _spoken(wanted: SpeechRequest) -> AsyncIterator[Pcm]:
    for sentence in _SENTENCE_END.split(wanted.input):
        if sentence.strip():
            yield await asyncio.to_thread(speak, sentence, wanted.voice, rate=SPEECH_RATE, speed=wanted.speed)


def _wav_header() -> bytes:
    """A header for a stream: its length fields say that the end is not known yet, as OpenAI's do."""
    riff = struct.pack("<4sI4s", b"RIFF", _UNKNOWN_LENGTH, b"WAVE")
    shape = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, SPEECH_RATE, SPEECH_RATE * 2, 2, 16)
    return riff + shape + struct.pack("<4sI", b"data", _UNKNOWN_LENGTH)
