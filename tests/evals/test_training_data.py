"""The stand-in is never tried on what it has learned."""

import ast
import json
import re
from pathlib import Path

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer

from local.speech.stand_in import corpus
from tests.evals import material

TESTS = Path(__file__).parents[1]
UNSEEN = TESTS / "integration" / "speech" / "unseen.jsonl"
MOST_ALIKE = 0.8


def words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[\w']+", text.lower()))


def learned() -> list[str]:
    return [row.text for row in corpus.load().wishes]


def learned_of_any_kind() -> list[str]:
    known = corpus.load()
    return [
        row.text for part in (known.wishes, known.answers, known.withdrawals, known.failures) for row in part
    ]


def evaluated(split: str) -> list[str]:
    alone = [utterance.text for utterance in material.utterances(split)]
    return alone + [turn.text for talk in material.talks(split) for turn in talk.asked()]


def unseen() -> list[str]:
    return [json.loads(line)["text"] for line in UNSEEN.read_text("utf-8").splitlines()]


def spoken_in_tests() -> set[tuple[str, ...]]:
    """Every sentence of four words or more that stands in a test, of this part or of another."""
    trees = [ast.parse(path.read_text("utf-8")) for path in TESTS.rglob("*.py")]
    texts = [node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return {sentence for text in texts if isinstance(text, str) and len(sentence := words(text)) >= 4}


def most_alike(texts: list[str], known: list[str]) -> list[float]:
    """For each text the share of its words that the nearest of the known ones has in common with it."""
    counted = CountVectorizer(analyzer=words, binary=True, dtype=int).fit([*texts, *known])
    one, other = counted.transform(texts), counted.transform(known)
    common = (one @ other.T).toarray()
    together = one.sum(axis=1).reshape(-1, 1) + other.sum(axis=1).reshape(1, -1) - common
    return [float(row.max()) for row in np.asarray(common / together)]


def test_no_sentence_of_a_test_was_learned() -> None:
    assert spoken_in_tests() & {words(text) for text in learned()} == set()


def test_no_unseen_sentence_is_nearly_a_learned_one() -> None:
    nearness = most_alike(unseen(), learned())

    assert [text for text, near in zip(unseen(), nearness, strict=True) if near >= MOST_ALIKE] == []


@pytest.mark.parametrize("split", material.SPLITS)
def test_nothing_that_it_is_evaluated_on_is_nearly_a_learned_sentence(split: str) -> None:
    texts = evaluated(split)

    nearness = most_alike(texts, learned_of_any_kind())

    assert [text for text, near in zip(texts, nearness, strict=True) if near >= MOST_ALIKE] == []


def test_a_sentence_that_was_learned_would_be_noticed() -> None:
    assert most_alike([learned()[7] + " please"], learned())[0] >= MOST_ALIKE


def test_no_sentence_is_learned_with_two_meanings() -> None:
    meanings: dict[tuple[str, ...], set[str]] = {}
    for row in corpus.load().wishes:
        meanings.setdefault(words(row.text), set()).add(row.label)

    assert [sentence for sentence, labels in meanings.items() if len(labels) > 1] == []


def test_enough_is_learned_of_each_kind() -> None:
    labels = [row.label for row in corpus.load().wishes]

    assert min(labels.count("person"), labels.count("other")) > 1000
