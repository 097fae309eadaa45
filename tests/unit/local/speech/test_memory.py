"""What was learned once is not learned again, unless something that decides about it has changed."""

import os
from pathlib import Path

import pytest

from local.speech.stand_in.memory import key_of, recall


class Learning:
    """Counts how often something had to be learned."""

    def __init__(self) -> None:
        self.times = 0

    def learn(self) -> dict[str, int]:
        self.times += 1
        return {"learned": self.times}


@pytest.fixture
def learning() -> Learning:
    return Learning()


def test_a_second_start_learns_nothing(learning: Learning, tmp_path: Path) -> None:
    first = recall("key", dict, learning.learn, folder=tmp_path)
    second = recall("key", dict, learning.learn, folder=tmp_path)

    assert (first, second, learning.times) == ({"learned": 1}, {"learned": 1}, 1)


def test_another_key_is_learned_for_itself(learning: Learning, tmp_path: Path) -> None:
    recall("key", dict, learning.learn, folder=tmp_path)
    recall("another", dict, learning.learn, folder=tmp_path)

    assert learning.times == 2


@pytest.mark.parametrize("broken", [b"", b"\x80\x05nonsense", b"\x80\x04N."])
def test_a_broken_file_is_learned_anew_and_replaced(
    broken: bytes, learning: Learning, tmp_path: Path
) -> None:
    (tmp_path / "learned-key.pickle").write_bytes(broken)

    recall("key", dict, learning.learn, folder=tmp_path)
    recall("key", dict, learning.learn, folder=tmp_path)

    assert learning.times == 1


def test_what_nobody_asked_for_in_a_month_goes(learning: Learning, tmp_path: Path) -> None:
    for key in ("unused", "used"):
        recall(key, dict, learning.learn, folder=tmp_path)
        os.utime(tmp_path / f"learned-{key}.pickle", (0, 0))
    recall("used", dict, learning.learn, folder=tmp_path)
    recall("new", dict, learning.learn, folder=tmp_path)

    assert sorted(file.name for file in tmp_path.iterdir()) == ["learned-new.pickle", "learned-used.pickle"]


def test_sentences_and_code_decide_about_the_key(tmp_path: Path) -> None:
    code = tmp_path / "classifier.py"
    code.write_text("C = 5\n")
    before = key_of(["a sentence"], code=tmp_path)

    assert key_of(["a sentence"], code=tmp_path) == before
    assert key_of(["another sentence"], code=tmp_path) != before
    code.write_text("C = 6\n")
    assert key_of(["a sentence"], code=tmp_path) != before
