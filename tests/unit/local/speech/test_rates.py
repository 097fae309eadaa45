"""A tone keeps its pitch and level at every rate, and what a rate cannot carry is gone."""

import numpy as np
import pytest

from local.speech.resampling import Samples, resample


def tone(hertz: float, *, rate: int, seconds: float = 0.5) -> Samples:
    return (0.5 * np.sin(2 * np.pi * hertz * np.arange(round(rate * seconds)) / rate)).astype(np.float32)


@pytest.mark.parametrize(
    ("source", "target"),
    [(22_050, 24_000), (48_000, 16_000), (24_000, 16_000), (44_100, 16_000), (8_000, 16_000)],
)
def test_a_tone_is_the_same_tone_at_another_rate(source: int, target: int) -> None:
    heard = resample(tone(440, rate=source), source=source, target=target)
    wanted = tone(440, rate=target)

    assert len(heard) == len(wanted)
    # Around the edges there is silence on one side, which is a part of the tone as well.
    assert np.abs(heard - wanted)[200:-200].max() < 0.002


def test_what_the_lower_rate_cannot_carry_does_not_come_back_as_another_tone() -> None:
    heard = resample(tone(11_000, rate=48_000), source=48_000, target=16_000)

    assert np.abs(heard[200:-200]).max() < 0.001


def test_nothing_stays_nothing() -> None:
    assert len(resample(np.zeros(0, np.float32), source=8_000, target=16_000)) == 0
