"""How long a request waited for others."""

from tests.bench.warm.outside import covered


def test_calls_side_by_side_are_waited_for_once() -> None:
    assert covered([(0.0, 2.0), (1.0, 3.0), (5.0, 6.0), (5.2, 5.4)]) == 4.0


def test_nobody_was_waited_for() -> None:
    assert covered([]) == 0.0
