"""The material of the evaluation: enough of it, of every kind, and the held-out split as it was frozen."""

import itertools
from collections import Counter

import pytest

from tests.evals import material

# Written down before any result was seen. It changes only together with the account in README.md.
FROZEN = "a527f70f11035077c3cc14c12b37d765bf2cc6594160cbec69c218c6d44ec359"
LANGUAGES = {"en", "es", "de"}
WISHES = {"explicit", "implicit", "angry", "elliptic", "misheard", "emergency"}
TRAPS = {"human_resources", "reported", "are_you_human", "quoting", "negation", "mention", "plain"}


def test_the_held_out_split_is_the_one_that_was_frozen() -> None:
    assert material.fingerprint("held_out") == FROZEN


def test_there_is_enough_of_it() -> None:
    utterances = [one for split in material.SPLITS for one in material.utterances(split)]
    talks = [one for split in material.SPLITS for one in material.talks(split)]

    assert len(utterances) >= 300
    assert len(talks) >= 40


@pytest.mark.parametrize("split", material.SPLITS)
def test_each_split_has_every_kind_in_every_language(split: str) -> None:
    spoken = Counter((one.language, one.kind) for one in material.utterances(split))

    assert set(spoken) == set(itertools.product(LANGUAGES, WISHES | TRAPS))
    assert {talk.language for talk in material.talks(split)} == LANGUAGES


@pytest.mark.parametrize("split", material.SPLITS)
@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_wishes_and_other_things_balance(split: str, language: str) -> None:
    wishes = [one.person for one in material.utterances(split) if one.language == language]

    assert 0.4 <= sum(wishes) / len(wishes) <= 0.6


def test_no_utterance_is_in_both_splits_nor_twice_in_one() -> None:
    texts = [one.text.lower() for split in material.SPLITS for one in material.utterances(split)]

    assert [text for text, times in Counter(texts).items() if times > 1] == []


@pytest.mark.parametrize("split", material.SPLITS)
def test_a_person_is_called_off_only_after_one_was_asked_for(split: str) -> None:
    for talk in material.talks(split):
        then = [turn.then for turn in talk.asked()]
        assert "withdraw" not in then or then.index("person") < then.index("withdraw")
