import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from local.stack.identities import Identity, identify, started_at
from local.stack.ledger import Ledger, end, recorded

SLEEP = "import time; time.sleep(60)"
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
)


@pytest.fixture
def started() -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", SLEEP], start_new_session=True)
    yield process
    process.kill()
    process.wait()


def test_what_a_crashed_start_has_left_is_found_and_ended(
    started: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    Ledger(tmp_path / "processes.json").add(identify("speech", started.pid))

    left = recorded(tmp_path / "processes.json")
    end(left)

    assert [entry.name for entry in left] == ["speech"]
    assert started.wait(5) < 0


def test_a_stranger_with_a_recycled_pid_is_left_alone(
    started: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    ours = identify("speech", started.pid)
    recycled = replace(ours, started=ours.started - 1)
    Ledger(tmp_path / "processes.json").add(recycled)

    end([recycled], patience=0.1)

    assert recorded(tmp_path / "processes.json") == []
    assert started.poll() is None


def test_a_process_of_another_group_is_ended_and_its_group_is_not() -> None:
    with subprocess.Popen([sys.executable, "-c", SLEEP]) as process:
        end([identify("up", process.pid)])

        assert process.wait(5) == -15


def test_a_process_that_will_not_end_is_made_to() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STUBBORN], start_new_session=True, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()

        end([identify("worker", process.pid)], patience=0.2)

        assert process.wait(5) == -9


def test_a_process_that_starts_again_is_recorded_once(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "processes.json")

    ledger.add(Identity(name="worker", pid=1, started=1))
    ledger.add(Identity(name="worker", pid=2, started=2))

    assert [entry.pid for entry in ledger.entries] == [2]


def test_two_of_one_name_that_both_live_are_both_recorded(
    started: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    ledger = Ledger(tmp_path / "processes.json")

    ledger.add(identify("worker", started.pid))
    ledger.add(Identity(name="worker", pid=2, started=2))

    assert [entry.pid for entry in ledger.entries] == [started.pid, 2]


def test_a_dead_process_that_nobody_has_waited_for_is_not_alive() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""], start_new_session=True)
    identity = identify("speech", process.pid)
    process.wait()

    assert not identity.alive()
    assert started_at(process.pid) is None


def test_no_record_is_no_process(tmp_path: Path) -> None:
    assert recorded(tmp_path / "processes.json") == []


def test_who_follows_it_learns_of_every_process_that_takes_anothers_place(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "processes.json")
    seen: list[list[int]] = []
    ledger.add(Identity(name="worker", pid=1, started=1))

    ledger.follow(lambda: seen.append([entry.pid for entry in ledger.entries]))
    ledger.add(Identity(name="worker", pid=2, started=2))

    assert seen == [[1], [2]]
