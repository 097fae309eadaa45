"""How alike sentences are: by their words and letters, and by what they mean."""

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.pipeline import make_union
from sklearn.preprocessing import StandardScaler

from local.speech.stand_in.embedding import Vectors

_WORD = r"(?u)\b\w+'?\w*\b"
_SPELLING = 0.25


class Likeness:
    """A sum of two kernels over the known sentences; without vectors it is the spelling's alone."""

    def __init__(self, texts: Sequence[str], vectors: Vectors | None) -> None:
        self._spelling = make_union(
            TfidfVectorizer(ngram_range=(1, 3), sublinear_tf=True, token_pattern=_WORD),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
        )
        self._spelled = self._spelling.fit_transform(texts)
        self._scale = None if vectors is None else StandardScaler().fit(vectors)
        self._meant = None if self._scale is None else self._scale.transform(vectors)

    def among_known(self) -> Vectors:
        return self._sum(self._spelled, self._meant)

    def to_known(self, text: str, vector: Vectors | None) -> Vectors:
        meant = None if self._scale is None or vector is None else self._scale.transform(vector[np.newaxis])
        return self._sum(self._spelling.transform([text]), meant)

    def _sum(self, spelled: Any, meant: Vectors | None) -> Vectors:
        total = _SPELLING * (spelled @ self._spelled.T).toarray()
        if meant is not None:
            total = total + rbf_kernel(meant, self._meant, gamma=1 / meant.shape[1])
        return cast("Vectors", total)
