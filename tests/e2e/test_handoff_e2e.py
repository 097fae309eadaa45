"""Whole handoffs with real speech and media, each by the command that a person would type."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from local.rehearsal.timeline import STEPS
from local.stack.places import ROOT
from local.stack.stack_file import StackFile

_WITHIN_S = 240


def _rehearse(folder: Path, *arguments: str) -> dict[str, int]:
    """Milliseconds by step."""
    command = [sys.executable, "-m", "local.rehearsal", "--out", str(folder), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=_WITHIN_S, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return {step["step"]: step["at_ms"] for step in json.loads((folder / "demo.json").read_text())}


@pytest.mark.usefixtures("stack")
def test_without_a_farewell_the_ai_is_silent_at_once_and_soon_gone(tmp_path: Path) -> None:
    at = _rehearse(tmp_path, "--farewell", "off")

    assert set(STEPS) <= set(at)
    assert at["ai_silent"] - at["human_active"] <= 300
    assert at["ai_left"] - at["human_active"] <= 2000
    assert (tmp_path / "demo.svg").read_text().startswith("<svg")
    assert (tmp_path / "recordings" / "caller.wav").stat().st_size > 100_000


@pytest.mark.usefixtures("stack")
def test_with_a_farewell_the_ai_is_gone_within_five_seconds(tmp_path: Path) -> None:
    at = _rehearse(tmp_path, "--farewell", "on")

    assert set(STEPS) <= set(at)
    assert at["ai_left"] - at["human_active"] <= 5000


@pytest.mark.parametrize("cut", ["webhook", "room"])
def test_each_exit_way_alone_suffices(cut: str, tmp_path: Path, stack: StackFile) -> None:
    at = _rehearse(tmp_path, "--cut", cut)

    assert stack.agent_name
    assert at["ai_left"] - at["human_active"] <= 5000
    assert at["completed"] > at["two_way_audio"]
