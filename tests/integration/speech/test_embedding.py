"""Sentence vectors are computed once and survive."""

from pathlib import Path

import numpy as np
import pytest

from local.speech.stand_in.embedding import Embedder, LearnedSentences


def test_learned_vectors_are_kept_for_the_next_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    LearnedSentences(tmp_path).learn(["One sentence.", "Another one."])
    monkeypatch.setattr(Embedder, "vectors", _refuse)

    again = LearnedSentences(tmp_path)
    again.learn(["Another one."])

    assert again.vectors(["Another one."]).shape == (1, 384)


def test_sentences_of_one_meaning_are_nearer_than_others() -> None:
    bill, invoice, robot = Embedder().vectors(
        ["My bill is wrong.", "There is a mistake on the invoice.", "The robot is stuck."]
    )

    assert np.dot(bill, invoice) > np.dot(bill, robot)


def _refuse(*_: object) -> None:
    raise AssertionError("nothing new was to be learned")
