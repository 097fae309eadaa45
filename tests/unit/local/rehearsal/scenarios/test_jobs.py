import os
from dataclasses import replace
from pathlib import Path

import pytest

from local.rehearsal.scenarios.jobs import NoJobError, ancestors, job_pid, named
from local.stack.stack_file import StackFile

LOG = """\
not json
[1, 2]
{"message": "received job request", "room": "blue"}
{"message": "RoomIO linked", "room": "blue", "pid": 11}
{"message": "RoomIO linked", "room": "red", "pid": 12}
{"message": "RoomIO linked", "room": "blue", "pid": 13}
"""


@pytest.fixture
def stack() -> StackFile:
    empty = StackFile(**dict.fromkeys(_NAMES, ""))  # type: ignore[arg-type]
    return replace(empty, processes=({"name": "worker", "pid": os.getppid(), "started": 1},))


_NAMES = (
    "api_url",
    "livekit_url",
    "livekit_api_key",
    "livekit_api_secret",
    "service_key",
    "inbox_url",
    "agent_name",
    "aws_endpoint",
    "speech_url",
    "worker_health_url",
    "control_url",
)


def test_the_log_names_the_last_process_of_a_room() -> None:
    assert named(LOG.splitlines(), "blue") == 13
    assert named(LOG.splitlines(), "green") is None


def test_the_job_of_the_worker_is_found(stack: StackFile, tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    log.write_text(f'{{"room": "blue", "pid": {os.getpid()}}}\n')

    assert job_pid(stack, "blue", log) == os.getpid()


def test_a_process_that_is_not_the_workers_is_never_named(stack: StackFile, tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    log.write_text('{"room": "blue", "pid": 1}\n')

    with pytest.raises(NoJobError):
        job_pid(stack, "blue", log)


def test_a_process_knows_its_parents() -> None:
    assert ancestors(os.getpid())[0] == os.getppid()
    assert ancestors(2**22 + 1) == []
