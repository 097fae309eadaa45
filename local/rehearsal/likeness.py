"""Whether what an ear heard is what a mouth said: the two loudness curves, slid over each other."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from local.rehearsal.loudness import FRAME_S, Loudness

LONGEST_LAG_S = 1.0
# The track is the speaker's own: this need not tell sentences apart (two different ones reach 0.6 as well),
# it has to show that the track rose and fell when they spoke. True pairs had 0.43 to 0.99, the low end where
# two stacks shared two cores.
ALIKE = 0.6
_SMOOTHED_FRAMES = 9

_Curve = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Echo:
    """How well a heard curve follows a spoken one (1 is perfectly), and how much later."""

    likeness: float
    lag_ms: int

    @property
    def alike(self) -> bool:
        return self.likeness >= ALIKE


def compare(said: Loudness, heard: Loudness) -> Echo:
    if not said.at or not heard.at:
        return Echo(0.0, 0)
    frames = round((said.at[-1] - said.at[0]) / FRAME_S) + 1
    lags = round(LONGEST_LAG_S / FRAME_S)
    spoken = _smooth(said.on_grid(said.at[0], frames))
    around = _smooth(heard.on_grid(said.at[0], frames + lags))
    scores = [_correlation(spoken, around[lag : lag + frames]) for lag in range(lags)]
    best = int(np.argmax(scores))
    return Echo(likeness=round(scores[best], 3), lag_ms=round(best * FRAME_S * 1000))


def _smooth(curve: _Curve) -> _Curve:
    # Frames reach an asyncio ear a few milliseconds early or late; a short mean forgives just that.
    return np.convolve(curve, np.ones(_SMOOTHED_FRAMES) / _SMOOTHED_FRAMES, mode="same")


def _correlation(one: _Curve, other: _Curve) -> float:
    if one.std() == 0.0 or other.std() == 0.0:
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])
