"""The messages are read by Deepgram's LiveKit plugin as Deepgram's own would be."""

import pytest
from livekit.plugins.deepgram.stt import live_transcription_to_speech_data

from local.speech import deepgram
from local.speech.recognition import NOTHING, Transcript


def message(transcript: Transcript) -> deepgram.Message:
    return deepgram.results(transcript, request_id="r", start=2.0, duration=1.5, final=True, complete=True)


def test_the_plugin_reads_text_words_times_and_confidence() -> None:
    spoken = message(Transcript(text="When is it here?", confidence=0.83))

    [read] = live_transcription_to_speech_data("en-US", spoken, is_final=True, start_time_offset=0.0)

    assert read.text == "When is it here?"
    assert [str(word) for word in read.words or []] == ["When", "is", "it", "here?"]
    assert read.confidence == pytest.approx(0.83)
    assert (read.start_time, read.end_time) == pytest.approx((2.0, 3.5))


def test_words_come_bare_and_with_their_punctuation() -> None:
    [alternative] = message(Transcript(text="Yes, please.", confidence=1.0))["channel"]["alternatives"]

    assert [(word["word"], word["punctuated_word"]) for word in alternative["words"]] == [
        ("yes", "Yes,"),
        ("please", "please."),
    ]


def test_nothing_heard_has_no_words() -> None:
    [alternative] = message(NOTHING)["channel"]["alternatives"]

    assert alternative == {"transcript": "", "confidence": 0.0, "words": []}
