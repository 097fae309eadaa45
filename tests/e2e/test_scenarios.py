"""Five of the scenarios, each by the command that a person would type."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from local.stack.places import ROOT

_WITHIN_S = 400


def _play(scenario: str, folder: Path) -> list[str]:
    """The steps in their order."""
    command = [sys.executable, "-m", "local.rehearsal", "--scenario", scenario, "--out", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=_WITHIN_S, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return [step["step"] for step in json.loads((folder / f"demo-{scenario}.json").read_text())]


@pytest.mark.usefixtures("stack")
@pytest.mark.parametrize(
    ("scenario", "happened"),
    [
        ("race", ["row_claimed", "human_audible", "row_completed"]),
        ("decline", ["row_declined", "row_claimed", "human_audible", "row_completed"]),
        ("caller-leaves", ["caller_left", "row_cancelled", "told_off"]),
        ("hand-back", ["human_audible", "row_handed_back", "ai_audible", "human_gone"]),
        ("ai-crash", ["ai_killed", "ai_audible", "row_claimed", "human_audible", "row_completed"]),
    ],
)
@pytest.mark.timeout(_WITHIN_S + 20)
def test_a_call_that_does_not_go_as_it_should_ends_well(
    scenario: str, happened: list[str], tmp_path: Path
) -> None:
    """The order is the play's own business: a row can be quicker than the one who watches it."""
    steps = _play(scenario, tmp_path)

    assert set(happened) <= set(steps), steps
