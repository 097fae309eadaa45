"""What was read a moment ago is not read again, for a while and for those who need not know better."""

import pytest

from lambda_api.adapters.lately import KEEP_S, Lately


class Source:
    """Says how often it was read; the clock beside it stands until it is turned."""

    def __init__(self) -> None:
        self.now = 0.0
        self.reads = 0
        self.kept: Lately[int] = Lately(clock=lambda: self.now)

    def read(self, *, lately: bool = True) -> int:
        return self.kept.read(self._fresh, lately=lately)

    def _fresh(self) -> int:
        self.reads += 1
        return self.reads


@pytest.mark.parametrize(("after", "read"), [(0, 1), (KEEP_S - 0.001, 1), (KEEP_S, 2)])
def test_it_is_read_again_after_its_time(after: float, read: int) -> None:
    source = Source()
    source.read()
    source.now = after

    assert source.read() == read


def test_who_has_to_know_reads_it_for_the_others_too() -> None:
    source = Source()
    source.read()

    assert source.read(lately=False) == 2
    assert source.read() == 2


def test_what_was_changed_here_is_read_again_at_once() -> None:
    source = Source()
    source.read()
    source.kept.forget()

    assert source.read() == 2


def test_the_time_counts_from_before_the_reading() -> None:
    source = Source()

    def slow() -> int:
        source.now += KEEP_S
        return 0

    source.kept.read(slow, lately=True)

    assert source.read() == 1
