"""Whether one curve is the echo of another."""

import numpy as np
import pytest

from local.rehearsal.likeness import compare
from local.rehearsal.loudness import Loudness


def _speech(seed: int, *, frames: int = 200) -> list[float]:
    """Syllables of random length and level with gaps, as speech has them."""
    random = np.random.default_rng(seed)
    levels: list[float] = []
    while len(levels) < frames:
        levels += [float(random.uniform(-35, -12))] * int(random.integers(8, 25))
        levels += [-96.0] * int(random.integers(3, 15))
    return levels[:frames]


def _curve(levels: list[float], *, began: float) -> Loudness:
    return Loudness([began + index * 0.01 for index in range(len(levels))], levels)


@pytest.mark.parametrize("lag_ms", [0, 80, 350])
def test_the_same_speech_a_little_later_is_an_echo_with_that_lag(lag_ms: int) -> None:
    said, heard = _curve(_speech(1), began=10.0), _curve(_speech(1), began=10.0 + lag_ms / 1000)

    echo = compare(said, heard)

    assert echo.likeness > 0.9
    assert echo.lag_ms == pytest.approx(lag_ms, abs=20)


def test_frames_that_jitter_are_still_an_echo() -> None:
    levels, random = _speech(2), np.random.default_rng(3)
    heard = Loudness(
        sorted(10.06 + index * 0.01 + float(random.uniform(0, 0.02)) for index in range(len(levels))), levels
    )

    assert compare(_curve(levels, began=10.0), heard).alike


def test_other_speech_at_the_same_time_is_no_echo() -> None:
    assert not compare(_curve(_speech(4), began=10.0), _curve(_speech(5), began=10.0)).alike


def test_the_same_speech_much_later_is_no_echo() -> None:
    assert not compare(_curve(_speech(6), began=10.0), _curve(_speech(6), began=14.0)).alike


def test_a_constant_hum_is_no_echo() -> None:
    assert not compare(_curve(_speech(7), began=10.0), _curve([-20.0] * 400, began=9.0)).alike


def test_nothing_heard_or_nothing_said_is_no_echo() -> None:
    assert not compare(_curve(_speech(8), began=10.0), Loudness()).alike
    assert not compare(Loudness(), _curve(_speech(8), began=10.0)).alike
