"""The Deepgram plugin hears real words, and nothing where nothing is said."""

import asyncio
from itertools import pairwise

import aiohttp
import numpy as np
import pytest
import pytest_asyncio
from livekit.agents.stt import SpeechEvent, SpeechEventType

from local.speech import voices
from local.speech.resampling import RECOGNITION_RATE, Pcm
from tests.integration.speech.listening import ears, events, transcript

Heard = dict[str, list[SpeechEvent]]
SECONDS = 4
SENTENCES = {
    "delivery": "The delivery should arrive on Monday morning.",
    "pets": "We have two cats and a dog.",
    "weather": "The weather is very cold today.",
    "garden": "My garden is full of flowers.",
}


def said(text: str, *, rate: int = RECOGNITION_RATE) -> Pcm:
    return voices.speak(text, voices.CALLER, rate=rate)


def silence() -> Pcm:
    return np.zeros(SECONDS * RECOGNITION_RATE, np.int16)


def noise() -> Pcm:
    return np.random.default_rng(7).normal(0, 300, SECONDS * RECOGNITION_RATE).astype(np.int16)


def beeps() -> Pcm:
    time = np.arange(SECONDS * RECOGNITION_RATE)
    sounding = time % RECOGNITION_RATE < RECOGNITION_RATE // 5
    return (9000 * np.sin(2 * np.pi * 440 * time / RECOGNITION_RATE) * sounding).astype(np.int16)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def heard(speech_server: str) -> Heard:
    """Everything at once, because the plugin takes 5 s to close a stream, however short."""
    sounds = {name: said(text) for name, text in SENTENCES.items()}
    sounds |= {"silence": silence(), "noise": noise(), "beeps": beeps()}
    async with aiohttp.ClientSession() as http:
        stt = ears(speech_server, http)
        found = await asyncio.gather(*(events(stt, pcm) for pcm in sounds.values()))
    return dict(zip(sounds, found, strict=True))


def test_a_sentence_is_started_transcribed_and_ended(heard: Heard) -> None:
    kinds = [event.type for event in heard["delivery"]]

    assert kinds.index(SpeechEventType.START_OF_SPEECH) < kinds.index(SpeechEventType.FINAL_TRANSCRIPT)
    assert kinds.index(SpeechEventType.FINAL_TRANSCRIPT) < kinds.index(SpeechEventType.END_OF_SPEECH)
    assert "on monday morning" in transcript(heard["delivery"]).lower()


def test_words_carry_rising_times_and_a_confidence(heard: Heard) -> None:
    finals = [event for event in heard["pets"] if event.type == SpeechEventType.FINAL_TRANSCRIPT]

    [final] = [event.alternatives[0] for event in finals]
    starts = [float(str(word.start_time)) for word in final.words or []]
    assert len(starts) == len(final.text.split())
    assert all(earlier < later for earlier, later in pairwise(starts))
    assert 0.3 < final.confidence <= 1.0


@pytest.mark.parametrize("sound", ["silence", "noise", "beeps"])
def test_silence_noise_and_beeps_are_not_heard_as_words(heard: Heard, sound: str) -> None:
    assert transcript(heard[sound]) == ""


def test_several_callers_are_heard_at_once_and_apart(heard: Heard) -> None:
    weather, garden = transcript(heard["weather"]).lower(), transcript(heard["garden"]).lower()

    assert ("weather" in weather, "flowers" in garden) == (True, True)
    assert ("flowers" in weather, "weather" in garden) == (False, False)


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
