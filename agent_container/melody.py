"""Music to wait by, made of a few soft tones: four broken chords that begin and end in silence."""

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

RATE: Final = 24_000
_CHORDS: Final = ((261.6, 329.6, 392.0), (220.0, 261.6, 329.6), (174.6, 220.0, 261.6), (196.0, 246.9, 293.7))
_TONE_SECONDS: Final = 0.8
_LOUDNESS: Final = 900


@cache
def melody() -> bytes:
    """16-bit mono samples that can follow each other without a seam."""
    tones = [_tone(pitch) for low, middle, high in _CHORDS for pitch in (low, middle, high, middle)]
    return np.concatenate(tones).astype("<i2").tobytes()


def _tone(pitch: float) -> npt.NDArray[np.float64]:
    at = np.arange(int(_TONE_SECONDS * RATE)) / RATE
    swell = np.sin(np.pi * at / _TONE_SECONDS) ** 2
    overtone = 0.3 * np.sin(4 * np.pi * pitch * at)
    tone: npt.NDArray[np.float64] = _LOUDNESS * swell * (np.sin(2 * np.pi * pitch * at) + overtone)
    return tone
