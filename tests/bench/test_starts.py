"""A door's start may not grow unnoticed."""

import pytest

from tests.bench import starts


@pytest.mark.parametrize(
    ("door", "instructions", "refused"),
    [("api", 1_010, []), ("api", 1_011, ["api"]), ("timers", 1_200, ["timers"]), ("gate", 10, [])],
)
def test_more_than_one_in_a_hundred_is_growth(door: str, instructions: int, refused: list[str]) -> None:
    committed = dict.fromkeys(starts.DOORS, 1_000)

    assert starts.grown({**committed, door: instructions}, committed) == refused


def test_a_door_without_a_committed_figure_is_not_let_through() -> None:
    found = dict.fromkeys(starts.DOORS, 1_000)

    assert starts.grown(found, {name: 1_000 for name in starts.DOORS if name != "gate"}) == ["gate"]
