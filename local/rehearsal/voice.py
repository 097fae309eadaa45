"""A sentence as samples, without the silence around it, so that its end is the end of the speaking."""

import numpy as np

from local.rehearsal.loudness import Samples
from local.speech import voices

RATE = 24_000
_QUIET = 200


def sentence(text: str, voice: str) -> Samples:
    spoken: Samples = voices.speak(text, voice, rate=RATE)
    return trimmed(spoken)


def trimmed(samples: Samples) -> Samples:
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > _QUIET)
    return samples[loud[0] : loud[-1] + 1] if loud.size else samples
