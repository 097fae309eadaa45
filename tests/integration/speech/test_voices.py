"""Three voices that can be told apart speak whatever they are given."""

import numpy as np
import pytest

from local.speech import voices
from local.speech.resampling import Pcm

SENTENCE = "My name is Maria and I am going to help you now."


def pitch(pcm: Pcm) -> float:
    """The median of the strongest repetition between 70 and 350 Hz, over the loud parts."""
    frames = np.split(pcm[: len(pcm) // 1200 * 1200].astype(float), len(pcm) // 1200)
    loud = [frame for frame in frames if frame.std() > 800]
    return float(np.median([_repetition(frame) for frame in loud]))


def _repetition(frame: np.ndarray) -> float:
    lowest, highest = voices.SPEECH_RATE // 350, voices.SPEECH_RATE // 70
    alike = np.correlate(frame, frame, "full")[len(frame) - 1 :]
    return voices.SPEECH_RATE / (lowest + int(alike[lowest:highest].argmax()))


def test_the_voices_differ_in_pitch() -> None:
    pitches = sorted(pitch(voices.speak(SENTENCE, name)) for name in voices.VOICES)

    assert pitches[1] > 1.15 * pitches[0]
    assert pitches[2] > 1.15 * pitches[1]


@pytest.mark.parametrize("rate", [16_000, 24_000, 48_000])
def test_the_rate_is_the_one_asked_for(rate: int) -> None:
    spoken = voices.speak(SENTENCE, voices.CALLER, rate=rate)

    assert spoken.dtype == np.int16
    assert 2.0 < len(spoken) / rate < 5.0


def test_speaking_faster_takes_less_time() -> None:
    assert len(voices.speak(SENTENCE, speed=1.5)) < 0.8 * len(voices.speak(SENTENCE))


def test_an_unknown_voice_is_the_agents() -> None:
    assert np.array_equal(voices.speak(SENTENCE, "alloy"), voices.speak(SENTENCE, voices.AGENT))


def test_text_that_looks_like_an_option_is_spoken() -> None:
    assert np.abs(voices.speak("--version")).max() > 1000


def test_a_missing_program_is_named_with_the_way_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(voices.SpeechUnavailableError, match="apt-get install espeak-ng"):
        voices.speak(SENTENCE)
