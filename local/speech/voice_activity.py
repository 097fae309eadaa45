"""How likely it is that somebody is speaking, 32 ms at a time: the silero network inside faster-whisper."""

from pathlib import Path
from typing import Any

import faster_whisper
import numpy as np
from faster_whisper.vad import SileroVADModel

from local.speech.resampling import Samples

WINDOW = 512
WINDOW_SECONDS = WINDOW / 16_000
_CONTEXT = 64
_MEMORY = (1, 1, 128)
# Below -66 dBFS nothing is said: the network is not asked, so that a silent line costs no time.
_SILENCE_RMS = 0.0005


def load_network() -> Any:
    """The onnx session is stateless, so every connection may share it."""
    assets = Path(faster_whisper.__file__).parent / "assets"
    return SileroVADModel(str(assets / "silero_vad_v6.onnx")).session


class VoiceActivity:
    """One connection's stream; the network's memory is carried from window to window."""

    def __init__(self, network: Any) -> None:
        self._network = network
        self._h, self._c, self._context = _blank()

    def probability(self, window: Samples) -> float:
        if float(np.sqrt(np.mean(window * window))) < _SILENCE_RMS:
            self._h, self._c, self._context = _blank()
            return 0.0
        heard = np.concatenate([self._context, window])[np.newaxis]
        result, self._h, self._c = self._network.run(None, {"input": heard, "h": self._h, "c": self._c})
        self._context = window[-_CONTEXT:]
        return float(np.squeeze(result))


def _blank() -> tuple[Samples, Samples, Samples]:
    return np.zeros(_MEMORY, np.float32), np.zeros(_MEMORY, np.float32), np.zeros(_CONTEXT, np.float32)
