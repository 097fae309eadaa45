"""Brings audio from one sample rate to another, with numpy alone: scipy.signal takes a second to load."""

import math
from functools import cache
from typing import Final, cast

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]
Pcm = npt.NDArray[np.int16]

RECOGNITION_RATE = 16_000
# As scipy's resample_poly has it: ten zero crossings to each side under a Kaiser window.
_CROSSINGS: Final = 10
_KAISER: Final = 5.0


def to_float(pcm: Pcm) -> Samples:
    return (pcm.astype(np.float32) / 32768.0).astype(np.float32)


def to_pcm(samples: Samples) -> Pcm:
    return np.clip(np.round(samples * 32768.0), -32768, 32767).astype(np.int16)


def resample(samples: Samples, *, source: int, target: int) -> Samples:
    if source == target or not len(samples):
        return samples
    divisor = math.gcd(source, target)
    up, down = target // divisor, source // divisor
    kernel = _kernel(up, down)
    at = np.arange(-(-len(samples) * up // down)) * down
    padded = np.pad(samples, kernel.shape[1] // 2)
    around = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape[1])[at // up]
    return cast("Samples", np.einsum("ij,ij->i", around, kernel[at % up]))


@cache
def _kernel(up: int, down: int) -> Samples:
    """For each place between two samples the weights of the samples around it."""
    cutoff = min(1.0, up / down)
    half = math.ceil(_CROSSINGS / cutoff)
    away = np.arange(-half, half + 1)[np.newaxis] - np.arange(up)[:, np.newaxis] / up
    window = np.i0(_KAISER * np.sqrt(np.clip(1 - (away * cutoff / _CROSSINGS) ** 2, 0, None)))
    weights = np.sinc(away * cutoff) * np.where(np.abs(away * cutoff) < _CROSSINGS, window, 0.0)
    return cast("Samples", (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32))


class StreamResampler:
    """Turns a stream of linear16 bytes at any rate into 16 kHz mono floats."""

    def __init__(self, *, rate: int, channels: int) -> None:
        self._rate = rate
        self._channels = channels
        self._divisor = math.gcd(rate, RECOGNITION_RATE)
        self._rest = b""
        self._held = np.zeros(0, np.float32)

    def feed(self, data: bytes) -> Samples:
        mono = self._mono(self._rest + data)
        if self._rate == RECOGNITION_RATE:
            return mono
        # Only whole input/output ratios leave, so that no fraction of a sample is ever lost or doubled.
        step = self._rate // self._divisor
        held = np.concatenate([self._held, mono])
        usable = len(held) // step * step
        self._held = held[usable:]
        return resample(held[:usable], source=self._rate, target=RECOGNITION_RATE)

    def _mono(self, data: bytes) -> Samples:
        frame = 2 * self._channels
        whole = len(data) // frame * frame
        self._rest = data[whole:]
        frames = np.frombuffer(data[:whole], "<i2").reshape(-1, self._channels)
        mono: Samples = frames.mean(axis=1, dtype=np.float32)
        return mono / np.float32(32768.0)
