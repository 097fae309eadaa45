"""A text classifier over word and character n-grams."""

from collections.abc import Sequence
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union

from local.speech.stand_in.corpus import Labelled

_WORD = r"(?u)\b\w+'?\w*\b"


class TextClassifier:
    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline

    @classmethod
    def train(cls, examples: Sequence[Labelled]) -> "TextClassifier":
        features = make_union(
            TfidfVectorizer(ngram_range=(1, 3), sublinear_tf=True, token_pattern=_WORD),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
        )
        pipeline = make_pipeline(features, LogisticRegression(C=20, max_iter=400, class_weight="balanced"))
        return cls(pipeline.fit([e.text for e in examples], [e.label for e in examples]))

    def probabilities(self, text: str) -> dict[str, float]:
        chances = self._pipeline.predict_proba([text])[0]
        return {
            str(label): float(chance) for label, chance in zip(self._pipeline.classes_, chances, strict=True)
        }

    def best(self, text: str) -> tuple[str, float]:
        chances = self.probabilities(text)
        label = max(chances, key=lambda name: chances[name])
        return label, chances[label]
