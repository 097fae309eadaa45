"""What a rehearsal changes at the worker, and which limits it holds."""

import pytest

from local.rehearsal.judge import ONE_WAY_ONLY, WITH_FAREWELL, WITHOUT_FAREWELL, Limits
from local.rehearsal.settings import Settings


@pytest.mark.parametrize(
    ("settings", "worker", "limits"),
    [
        (Settings(), {}, WITH_FAREWELL),
        (Settings(farewell=False), {"HANDOFF_FAREWELL": "off"}, WITHOUT_FAREWELL),
        (Settings(cut="webhook"), {"HANDOFF_EXIT_WAYS": "room"}, ONE_WAY_ONLY),
        (Settings(cut="room"), {"HANDOFF_EXIT_WAYS": "server"}, ONE_WAY_ONLY),
    ],
)
def test_a_cut_way_leaves_the_worker_the_other_one(
    settings: Settings, worker: dict[str, str], limits: Limits
) -> None:
    assert settings.worker == worker
    assert settings.limits == limits
