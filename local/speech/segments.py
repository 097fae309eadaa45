"""Cuts a stream of audio windows into utterances: started, paused, resumed, ended."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from local.speech.resampling import Samples
from local.speech.voice_activity import WINDOW, WINDOW_SECONDS

_ONSET = 0.5
_QUIET = 0.35
_ONSET_WINDOWS = 2
_PAUSE_WINDOWS = 6
_END_WINDOWS = 14
_LEAD_WINDOWS = 12
_LONGEST_WINDOWS = round(24 / WINDOW_SECONDS)


@dataclass(frozen=True, slots=True)
class Started:
    at: float


@dataclass(frozen=True, slots=True)
class Paused:
    """A short silence: the audio so far may already be recognised, ahead of the end."""

    audio: Samples
    start: float


@dataclass(frozen=True, slots=True)
class Resumed:
    pass


@dataclass(frozen=True, slots=True)
class Ended:
    audio: Samples
    start: float
    complete: bool = True


Segment = Started | Paused | Resumed | Ended


class Segmenter:
    def __init__(self, probability: Callable[[Samples], float]) -> None:
        self._probability = probability
        self._rest = np.zeros(0, np.float32)
        self._lead: deque[Samples] = deque(maxlen=_LEAD_WINDOWS)
        self._spoken: list[Samples] = []
        self._windows = 0
        self._loud = 0
        self._quiet = 0
        self._start = 0.0

    @property
    def speaking(self) -> bool:
        return bool(self._spoken)

    def feed(self, samples: Samples) -> Iterator[Segment]:
        heard = np.concatenate([self._rest, samples])
        whole = len(heard) // WINDOW * WINDOW
        self._rest = heard[whole:]
        for window in heard[:whole].reshape(-1, WINDOW):
            self._windows += 1
            probability = self._probability(window)
            yield from (
                self._speech(window, probability) if self.speaking else self._silence(window, probability)
            )

    def finish(self) -> Iterator[Segment]:
        if self.speaking:
            yield self._end(complete=True)

    def _silence(self, window: Samples, probability: float) -> Iterator[Segment]:
        self._lead.append(window)
        self._loud = self._loud + 1 if probability >= _ONSET else 0
        if self._loud >= _ONSET_WINDOWS:
            self._spoken = list(self._lead)
            self._start = (self._windows - len(self._spoken)) * WINDOW_SECONDS
            self._quiet = 0
            yield Started(at=self._start)

    def _speech(self, window: Samples, probability: float) -> Iterator[Segment]:
        self._spoken.append(window)
        yield from self._still_speaking() if probability >= _QUIET else self._gone_quiet()
        if len(self._spoken) >= _LONGEST_WINDOWS:
            yield self._end(complete=False)

    def _still_speaking(self) -> Iterator[Segment]:
        if self._quiet >= _PAUSE_WINDOWS:
            yield Resumed()
        self._quiet = 0

    def _gone_quiet(self) -> Iterator[Segment]:
        self._quiet += 1
        if self._quiet == _PAUSE_WINDOWS:
            yield Paused(audio=self._audio(), start=self._start)
        elif self._quiet == _END_WINDOWS:
            yield self._end(complete=True)

    def _end(self, *, complete: bool) -> Ended:
        ended = Ended(audio=self._audio(), start=self._start, complete=complete)
        self._lead.clear()
        self._spoken, self._loud, self._quiet = [], 0, 0
        return ended

    def _audio(self) -> Samples:
        return np.concatenate(self._spoken)
