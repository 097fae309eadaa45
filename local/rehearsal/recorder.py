"""Writes what an ear heard to wav files: one for each speaker and one of all together."""

import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt

from local.rehearsal.loudness import Samples


class Recorder:
    """Keeps the samples in memory (a rehearsal is a minute) and writes them when it is closed."""

    def __init__(self, *, folder: Path, name: str, rate: int) -> None:
        self._folder, self._name, self._rate = folder, name, rate
        self._began: float | None = None
        self._ends: dict[str, int] = {}
        self._parts: dict[str, list[tuple[int, Samples]]] = {}

    def write(self, speaker: str, *, at: float, samples: Samples) -> None:
        if self._began is None:
            self._began = at
        # Frames follow each other; a late one is moved up to its predecessor, a real gap is kept.
        due = max(0, round((at - self._began) * self._rate))
        end = self._ends.get(speaker, 0)
        start = end if due - end < self._rate // 5 else due
        self._parts.setdefault(speaker, []).append((start, samples.copy()))
        self._ends[speaker] = start + samples.size

    def close(self) -> list[Path]:
        tracks = {speaker: self._laid_out(speaker) for speaker in self._parts}
        if not tracks:
            return []
        written = [self._save(f"{self._name}-{speaker}.wav", track) for speaker, track in tracks.items()]
        mixed = np.sum(list(tracks.values()), axis=0).clip(-32768, 32767)
        return [*written, self._save(f"{self._name}.wav", mixed)]

    def _laid_out(self, speaker: str) -> npt.NDArray[np.int32]:
        track = np.zeros(max(self._ends.values()), dtype=np.int32)
        for start, samples in self._parts[speaker]:
            track[start : start + samples.size] += samples
        return track

    def _save(self, name: str, samples: npt.NDArray[np.int32]) -> Path:
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / name
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(self._rate)
            file.writeframes(samples.astype(np.int16).tobytes())
        return path
