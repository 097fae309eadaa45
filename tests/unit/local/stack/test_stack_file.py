import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from local.stack import stack_file
from local.stack.identities import identify
from local.stack.stack_file import StackFile


@pytest.fixture
def stack() -> StackFile:
    return StackFile(
        api_url="http://127.0.0.1:1",
        livekit_url="ws://127.0.0.1:2",
        livekit_api_key="API-key",
        livekit_api_secret="top-secret",
        service_key="service-secret",
        inbox_url="http://127.0.0.1:3",
        agent_name="handoff-agent",
        aws_endpoint="http://127.0.0.1:4",
        speech_url="http://127.0.0.1:5",
        worker_health_url="http://127.0.0.1:6",
        control_url="http://127.0.0.1:7",
    )


def test_a_stack_that_is_up_is_read_back_and_private(stack: StackFile, tmp_path: Path) -> None:
    file = tmp_path / "stack.json"

    stack_file.write(stack, [identify("up", os.getpid())], file)
    read = stack_file.read(file)

    assert read is not None
    assert replace(read, processes=()) == stack
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_file_of_a_crashed_stack_is_no_stack(stack: StackFile, tmp_path: Path) -> None:
    gone = replace(identify("up", os.getpid()), started=1)

    stack_file.write(stack, [gone], tmp_path / "stack.json")

    assert stack_file.read(tmp_path / "stack.json") is None


def test_its_secrets_are_in_no_repr(stack: StackFile) -> None:
    assert "secret" not in repr(stack).replace("livekit_api_secret", "")
