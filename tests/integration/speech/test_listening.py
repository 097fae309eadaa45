"""The Deepgram plugin hears real words, and nothing where nothing is said."""

import asyncio
from itertools import pairwise

import aiohttp
import numpy as np
import pytest
from livekit.agents.stt import SpeechEventType
from livekit.plugins import deepgram

from local.speech import voices
from local.speech.resampling import RECOGNITION_RATE, Pcm
from tests.integration.speech.listening import events, hear, transcript

SECONDS = 4


def said(text: str, *, rate: int = RECOGNITION_RATE) -> Pcm:
    return voices.speak(text, voices.CALLER, rate=rate)


def noise() -> Pcm:
    return np.random.default_rng(7).normal(0, 300, SECONDS * RECOGNITION_RATE).astype(np.int16)


def beeps() -> Pcm:
    time = np.arange(SECONDS * RECOGNITION_RATE)
    sounding = time % RECOGNITION_RATE < RECOGNITION_RATE // 5
    return (9000 * np.sin(2 * np.pi * 440 * time / RECOGNITION_RATE) * sounding).astype(np.int16)


async def test_a_sentence_is_started_transcribed_and_ended(stt: deepgram.STT) -> None:
    heard = await events(stt, said("The delivery should arrive on Monday morning."))

    kinds = [event.type for event in heard]
    assert kinds.index(SpeechEventType.START_OF_SPEECH) < kinds.index(SpeechEventType.FINAL_TRANSCRIPT)
    assert kinds.index(SpeechEventType.FINAL_TRANSCRIPT) < kinds.index(SpeechEventType.END_OF_SPEECH)
    assert "on monday morning" in transcript(heard).lower()


async def test_words_carry_rising_times_and_a_confidence(stt: deepgram.STT) -> None:
    heard = await events(stt, said("We have two cats and a dog."))

    [final] = [event.alternatives[0] for event in heard if event.type == SpeechEventType.FINAL_TRANSCRIPT]
    starts = [float(str(word.start_time)) for word in final.words or []]
    assert len(starts) == len(final.text.split())
    assert all(earlier < later for earlier, later in pairwise(starts))
    assert 0.3 < final.confidence <= 1.0


@pytest.mark.parametrize("sound", [np.zeros(SECONDS * RECOGNITION_RATE, np.int16), noise(), beeps()])
async def test_silence_noise_and_beeps_are_not_heard_as_words(stt: deepgram.STT, sound: Pcm) -> None:
    assert await hear(stt, sound) == ""


async def test_several_callers_are_heard_at_once_and_apart(stt: deepgram.STT) -> None:
    first, second = await asyncio.gather(
        hear(stt, said("The weather is very cold today.")), hear(stt, said("My garden is full of flowers."))
    )

    assert ("weather" in first.lower(), "flowers" in second.lower()) == (True, True)


async def test_a_caller_whose_microphone_goes_off_is_answered_all_the_same(
    speech_server: str, http: aiohttp.ClientSession
) -> None:
    url = f"{speech_server}/v1/listen?sample_rate=48000&channels=1"
    async with http.ws_connect(url) as socket, asyncio.timeout(30):
        # Nothing follows the words: no silence, no order to finish.
        await socket.send_bytes(said("The train was late again.", rate=48_000)[:-12_000].tobytes())
        started, result = await socket.receive_json(), await socket.receive_json()
        await socket.send_json({"type": "KeepAlive"})
        await socket.send_json({"type": "CloseStream"})
        goodbye = await socket.receive_json()

    assert [started["type"], result["type"], goodbye["type"]] == ["SpeechStarted", "Results", "Metadata"]
    assert "late again" in result["channel"]["alternatives"][0]["transcript"].lower()


@pytest.mark.parametrize("query", ["encoding=opus", "sample_rate=1", "channels=9", "sample_rate=x"])
async def test_audio_that_it_does_not_understand_is_refused(
    speech_server: str, http: aiohttp.ClientSession, query: str
) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await http.ws_connect(f"{speech_server}/v1/listen?{query}")

    assert refused.value.status == 400
