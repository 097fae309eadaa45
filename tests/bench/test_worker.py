"""The worker's benchmark in small, on a real livekit-server with both workers."""

from types import SimpleNamespace
from typing import Any

import pytest

from local.rehearsal.loudness import Loudness
from tests.bench.worker.__main__ import measured
from tests.bench.worker.calling import silent_s


async def test_both_workers_are_measured() -> None:
    found = await measured(1, jobs=4, most=1)

    assert found["dispatch"]["ratio"] > 0
    assert all(mib > 1 for who in ("ours_mib", "noop_mib") for mib in found["uss"][who].values())
    # The model of the ears is shared: with one of its own a waiting process holds three times the other's.
    assert found["uss"]["ratio"]["idle"] < 2
    # A job's whole memory lives in a process of its own, and is gone with it.
    assert found["growth"]["of_all"] < 0.5
    assert found["calls"][0]["cpu"] > 0


def test_a_gap_that_no_lost_frame_explains_is_silence() -> None:
    frames = [number / 100 for number in range(100)]
    gap = [at for at in frames if not 0.5 <= at < 0.6]

    assert silent_s(_heard(frames), since=0.0) == 0
    assert silent_s(_heard(gap), since=0.0) == pytest.approx(0.11)
    assert silent_s(_heard(gap), since=0.7) == 0


def _heard(at: list[float]) -> Any:
    return SimpleNamespace(heard=lambda _: Loudness(at=at, level=[-20.0] * len(at)))
