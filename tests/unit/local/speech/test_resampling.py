"""Audio keeps its length and its tone on the way to 16 kHz."""

import numpy as np
import pytest

from local.speech.resampling import RECOGNITION_RATE, Samples, StreamResampler, to_pcm


def tone(rate: int, *, hertz: float = 440.0, seconds: float = 0.5) -> Samples:
    return (0.5 * np.sin(2 * np.pi * hertz * np.arange(int(rate * seconds)) / rate)).astype(np.float32)


def loudest_hertz(samples: Samples) -> float:
    spectrum = np.abs(np.fft.rfft(samples))
    return float(np.fft.rfftfreq(len(samples), 1 / RECOGNITION_RATE)[int(spectrum.argmax())])


@pytest.mark.parametrize("rate", [8_000, 16_000, 24_000, 44_100, 48_000])
def test_a_tone_keeps_its_pitch_and_length(rate: int) -> None:
    resampler = StreamResampler(rate=rate, channels=1)
    data = to_pcm(tone(rate)).tobytes()

    heard = np.concatenate(
        [resampler.feed(data[start : start + 1111]) for start in range(0, len(data), 1111)]
    )

    assert abs(len(heard) - RECOGNITION_RATE // 2) < RECOGNITION_RATE // 50
    assert loudest_hertz(heard) == pytest.approx(440, abs=4)


def test_two_channels_become_their_mean() -> None:
    left_and_right = np.array([[1000, 3000], [-2000, -4000]], "<i2")

    heard = StreamResampler(rate=RECOGNITION_RATE, channels=2).feed(left_and_right.tobytes())

    assert heard.tolist() == pytest.approx([2000 / 32768, -3000 / 32768])


def test_half_a_sample_waits_for_its_other_half() -> None:
    resampler = StreamResampler(rate=RECOGNITION_RATE, channels=1)
    data = np.array([100, 200, 300], "<i2").tobytes()

    heard = np.concatenate([resampler.feed(data[:3]), resampler.feed(data[3:])])

    assert to_pcm(heard).tolist() == [100, 200, 300]
