"""Answers leave in the order of the speech, and no speech is recognised twice."""

import asyncio

import numpy as np

from local.speech.conversation import Conversation
from local.speech.deepgram import Message
from local.speech.recognition import Transcript
from local.speech.resampling import Samples
from local.speech.segments import Segmenter
from local.speech.voice_activity import WINDOW

SPEECH = np.ones(10 * WINDOW, np.float32)
SILENCE = np.zeros(20 * WINDOW, np.float32)


class CountingRecognizer:
    """Says how often it was asked; the first answer takes longer than the second."""

    def __init__(self) -> None:
        self.asked = 0

    async def recognise(self, audio: Samples) -> Transcript:
        self.asked += 1
        number = self.asked
        for _ in range(20 // number):
            await asyncio.sleep(0)
        return Transcript(text=f"utterance {number} of {len(audio)}", confidence=0.9)


def conversation(recognizer: CountingRecognizer, *, interim: bool = False) -> Conversation:
    segmenter = Segmenter(lambda window: float(window[0]))
    return Conversation(recognizer=recognizer, segmenter=segmenter, interim=interim)


async def answers(talk: Conversation) -> list[Message]:
    talk.close()
    heard = []
    while (answer := await talk.next_answer()) is not None:
        heard.append(answer)
    return heard


def text_of(message: Message) -> str:
    return str(message["channel"]["alternatives"][0]["transcript"])


async def test_an_utterance_is_recognised_once_while_its_silence_is_still_running() -> None:
    recognizer = CountingRecognizer()
    talk = conversation(recognizer)

    talk.hear(np.concatenate([SPEECH, SILENCE]))
    started, result, goodbye = await answers(talk)

    assert recognizer.asked == 1
    assert started["type"] == "SpeechStarted"
    assert (result["is_final"], result["speech_final"]) == (True, True)
    assert goodbye["type"] == "Metadata"


async def test_answers_keep_the_order_of_the_speech() -> None:
    talk = conversation(CountingRecognizer())

    talk.hear(np.concatenate([SPEECH, SILENCE, SPEECH, SPEECH, SILENCE]))
    results = [answer for answer in await answers(talk) if answer["type"] == "Results"]

    assert [text_of(result).split(" of ")[0] for result in results] == ["utterance 1", "utterance 2"]


async def test_speech_that_goes_on_after_a_pause_is_recognised_whole() -> None:
    recognizer = CountingRecognizer()
    talk = conversation(recognizer)
    pause = np.zeros(8 * WINDOW, np.float32)

    talk.hear(np.concatenate([SPEECH, pause]))
    talk.hear(np.concatenate([SPEECH, SILENCE]))
    *_, result, _ = await answers(talk)

    assert int(text_of(result).split(" of ")[1]) > 28 * WINDOW


async def test_interim_results_come_before_the_final_one_when_wanted() -> None:
    talk = conversation(CountingRecognizer(), interim=True)

    talk.hear(np.concatenate([SPEECH, SILENCE]))
    results = [answer for answer in await answers(talk) if answer["type"] == "Results"]

    assert [result["is_final"] for result in results] == [False, True]
    assert text_of(results[0]) == text_of(results[1])


async def test_finalize_ends_the_utterance_at_once() -> None:
    talk = conversation(CountingRecognizer())

    talk.hear(SPEECH)
    talk.finalize()

    assert not talk.speaking
    assert [answer["type"] for answer in await answers(talk)] == ["SpeechStarted", "Results", "Metadata"]


async def test_finalize_on_a_silent_line_answers_with_no_words() -> None:
    talk = conversation(CountingRecognizer())

    talk.hear(SILENCE)
    talk.finalize()
    result, _ = await answers(talk)

    assert text_of(result) == ""


async def test_an_abandoned_conversation_leaves_nothing_running() -> None:
    talk = conversation(CountingRecognizer())
    talk.hear(np.concatenate([SPEECH, SILENCE]))
    before = asyncio.all_tasks()

    talk.abandon()
    await asyncio.gather(*(before - {asyncio.current_task()}), return_exceptions=True)

    assert asyncio.all_tasks() == {asyncio.current_task()}
