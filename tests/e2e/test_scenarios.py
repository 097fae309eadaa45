"""Six of the scenarios, each by the command that a person would type."""

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
    ("scenario", "in_order", "beside"),
    [
        ("race", ["row_claimed", "human_audible", "row_completed"], set()),
        ("decline", ["row_declined", "row_claimed", "human_audible", "row_completed"], set()),
        ("caller-leaves", ["row_cancelled", "told_off"], {"caller_left"}),
        ("hand-back", ["human_audible", "row_handed_back", "ai_audible", "human_gone"], set()),
        (
            "worker-replaced",
            [
                "deployment_began",
                "ai_audible",
                "ai_gone",
                "last_worker_ended",
                "row_claimed",
                "row_completed",
            ],
            set(),
        ),
        ("ai-crash", ["ai_killed", "ai_audible", "row_claimed", "human_audible", "row_completed"], set()),
    ],
)
@pytest.mark.timeout(_WITHIN_S + 20)
def test_a_call_that_does_not_go_as_it_should_ends_well(
    scenario: str, in_order: list[str], beside: set[str], tmp_path: Path
) -> None:
    """`beside` may come before or after: the row can be quicker than the one who watches the caller."""
    steps = _play(scenario, tmp_path)

    rest = iter(steps)
    assert all(step in rest for step in in_order), steps
    assert beside <= set(steps), steps
