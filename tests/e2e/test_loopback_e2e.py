"""Nothing that the stack has started can be reached from another machine."""

import os

import pytest

from local.stack.stack_file import StackFile
from tests.e2e.sockets import family, open_doors


@pytest.fixture
def processes(stack: StackFile) -> set[int]:
    return family({int(each["pid"]) for each in stack.processes}) - {os.getpid()}


def test_the_stack_listens_on_loopback_only(processes: set[int]) -> None:
    doors = open_doors(processes)

    assert len(doors) >= 4, "the front door, LiveKit, the embedded AWS and the speech server are open"
    assert [door for door in doors if not door.loopback] == []
