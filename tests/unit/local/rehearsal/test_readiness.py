"""A worker is ready once its latest life has registered."""

import pytest

from local.rehearsal.readiness import registered


@pytest.mark.parametrize(
    ("log", "ready"),
    [
        ("", False),
        ("starting worker\n", False),
        ("starting worker\nregistered worker\n", True),
        ("starting worker\nregistered worker\nstarting worker\n", False),
        ("starting worker\nregistered worker\nstarting worker\nregistered worker\n", True),
    ],
)
def test_only_the_latest_start_counts(log: str, ready: bool) -> None:
    assert registered(log) is ready
