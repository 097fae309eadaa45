"""Sentences recorded ahead of a call, for when the voice itself has failed."""

import logging
import math
import wave
from array import array
from pathlib import Path
from typing import Final

logger = logging.getLogger(__name__)

RATE: Final = 24_000
FOLDER: Final = Path(__file__).with_name("clips")

# Heard where nobody has recorded the sentences: somebody is there, something is wrong.
_TONES: Final = ((440.0, 0.25), (330.0, 0.35))
_LOUDNESS: Final = 6_000


def load(name: str, folder: Path = FOLDER) -> bytes:
    """16-bit mono samples of the clip; two tones when there is no recording of it."""
    try:
        return _recorded(folder / f"{name}.wav")
    except (OSError, EOFError, wave.Error):
        logger.warning("a clip is missing: tones are played in its place", extra={"clip": name})
        return tones()


def tones() -> bytes:
    samples = array("h")
    for pitch, seconds in _TONES:
        steps = range(int(seconds * RATE))
        samples.extend(int(_LOUDNESS * math.sin(2 * math.pi * pitch * step / RATE)) for step in steps)
    return samples.tobytes()


def _recorded(path: Path) -> bytes:
    with wave.open(str(path)) as file:
        if (file.getframerate(), file.getnchannels(), file.getsampwidth()) != (RATE, 1, 2):
            raise wave.Error("not 16-bit mono at the rate of the clips")
        return bytes(file.readframes(file.getnframes()))
