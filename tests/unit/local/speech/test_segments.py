"""Speech is cut where people pause, not inside a sentence."""

from collections.abc import Iterator

import numpy as np

from local.speech.segments import Ended, Paused, Resumed, Segment, Segmenter, Started
from local.speech.voice_activity import WINDOW, WINDOW_SECONDS


def heard(chances: str) -> Iterator[Segment]:
    """Each character is one window: x is speech, . is silence."""
    segmenter = Segmenter(lambda window: float(window[0]))
    windows = [np.full(WINDOW, 1.0 if mark == "x" else 0.0, np.float32) for mark in chances]
    yield from segmenter.feed(np.concatenate(windows))
    yield from segmenter.finish()


def kinds(chances: str) -> list[str]:
    return [type(segment).__name__ for segment in heard(chances)]


def test_silence_is_no_speech() -> None:
    assert kinds("." * 100) == []


def test_a_click_is_no_speech() -> None:
    assert kinds("...x...x....") == []


def test_an_utterance_starts_pauses_and_ends() -> None:
    assert kinds("....xxxxxxxx" + "." * 20) == ["Started", "Paused", "Ended"]


def test_a_short_pause_does_not_end_the_utterance() -> None:
    assert kinds("xxxx" + "." * 8 + "xxxx" + "." * 20) == ["Started", "Paused", "Resumed", "Paused", "Ended"]


def test_two_sentences_apart_are_two_utterances() -> None:
    assert kinds(("xxxx" + "." * 20) * 2) == ["Started", "Paused", "Ended"] * 2


def test_the_onset_keeps_what_was_heard_just_before_it() -> None:
    started, *_, ended = heard("." * 30 + "xxxx" + "." * 20)

    assert isinstance(started, Started)
    assert isinstance(ended, Ended)
    assert started.at == ended.start
    assert 20 * WINDOW_SECONDS - 0.01 < started.at < 30 * WINDOW_SECONDS


def test_the_pause_carries_the_audio_so_far() -> None:
    _, paused, ended = heard("xxxxxx" + "." * 20)

    assert isinstance(paused, Paused)
    assert isinstance(ended, Ended)
    assert len(paused.audio) < len(ended.audio)
    assert np.array_equal(paused.audio, ended.audio[: len(paused.audio)])


def test_an_endless_talker_is_answered_in_parts() -> None:
    *_, last = parts = [segment for segment in heard("x" * 1600) if isinstance(segment, Ended)]

    assert [part.complete for part in parts] == [False, False, True]
    assert last.complete


def test_odd_pieces_of_audio_give_the_same_cuts() -> None:
    audio = np.concatenate([np.zeros(5000), np.ones(9000), np.zeros(12000)]).astype(np.float32)
    whole, pieces = Segmenter(lambda window: window[0]), Segmenter(lambda window: window[0])

    at_once = [type(segment) for segment in whole.feed(audio)]
    bit_by_bit = [
        type(segment) for start in range(0, len(audio), 77) for segment in pieces.feed(audio[start:][:77])
    ]

    assert at_once == bit_by_bit == [Started, Paused, Ended]


def test_nothing_resumes_without_a_pause() -> None:
    assert Resumed.__name__ not in kinds("xx.xx.xx.xx" + "." * 20)
