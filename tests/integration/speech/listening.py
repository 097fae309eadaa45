"""Plays audio to the Deepgram plugin and collects what it heard."""

import asyncio

import aiohttp
import numpy as np
from livekit import rtc
from livekit.agents import stt as speech_to_text
from livekit.plugins import deepgram

from local.speech.resampling import RECOGNITION_RATE, Pcm

_FRAME = RECOGNITION_RATE // 50
_BEFORE = np.zeros(RECOGNITION_RATE // 3, np.int16)
_AFTER = np.zeros(RECOGNITION_RATE, np.int16)


def ears(speech_server: str, http: aiohttp.ClientSession) -> deepgram.STT:
    return deepgram.STT(base_url=f"{speech_server}/v1/listen", api_key="offline", http_session=http)


async def events(stt: deepgram.STT, pcm: Pcm) -> list[speech_to_text.SpeechEvent]:
    stream = stt.stream()
    audio = np.concatenate([_BEFORE, pcm, _AFTER])
    for start in range(0, len(audio), _FRAME):
        frame = audio[start : start + _FRAME]
        stream.push_frame(rtc.AudioFrame(frame.tobytes(), RECOGNITION_RATE, 1, len(frame)))
    stream.end_input()
    async with asyncio.timeout(60):
        return [event async for event in stream]


def transcript(heard: list[speech_to_text.SpeechEvent]) -> str:
    final = speech_to_text.SpeechEventType.FINAL_TRANSCRIPT
    return " ".join(event.alternatives[0].text for event in heard if event.type == final)


async def hear(stt: deepgram.STT, pcm: Pcm) -> str:
    return transcript(await events(stt, pcm))
