import asyncio
import os
import sys
from pathlib import Path

import pytest

from local.stack import children
from local.stack.children import Command, start
from local.stack.commands import run
from local.stack.errors import ChildDiedError, CommandFailedError, NotReadyError
from local.stack.family import Family
from local.stack.identities import started_at
from local.stack.ledger import Ledger
from local.stack.waiting import until

WITH_GRANDCHILD = (
    "import subprocess, sys, time;"
    "print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']).pid, flush=True);"
    "time.sleep(60)"
)


@pytest.fixture(autouse=True)
def _logs_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "LOGS", tmp_path / "logs")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "processes.json")


def python(name: str, code: str) -> Command:
    return Command(name=name, argv=(sys.executable, "-c", code), env=dict(os.environ))


async def never() -> bool:
    return False


async def test_a_child_that_dies_is_told_with_the_end_of_its_log(ledger: Ledger) -> None:
    child = await start(python("speech", "print('no voice'); raise SystemExit(7)"), ledger)

    told = str(await child.died())

    assert "speech" in told
    assert "7" in told
    assert "no voice" in told


async def test_nobody_waits_for_a_child_that_is_dead(ledger: Ledger) -> None:
    child = await start(python("speech", "raise SystemExit(1)"), ledger)

    with pytest.raises(ChildDiedError):
        await child.ready(never, seconds=30)


async def test_a_child_that_never_gets_ready_is_given_up_at_the_deadline(ledger: Ledger) -> None:
    child = await start(python("speech", "import time; time.sleep(60)"), ledger)

    with pytest.raises(NotReadyError, match="speech"):
        await child.ready(never, seconds=0.2)
    await child.end()


async def test_what_a_child_has_started_ends_with_it(ledger: Ledger) -> None:
    child = await start(python("aws", WITH_GRANDCHILD), ledger)

    async def said() -> bool:
        return bool(children.tail("aws").strip())

    await child.ready(said, seconds=10)
    grandchild = int(children.tail("aws"))
    await child.end()

    async def gone() -> bool:
        return started_at(grandchild) is None

    await until(gone, what="the end of the grandchild", seconds=10)
    assert started_at(child.identity.pid) is None


async def test_the_first_death_in_the_family_is_told(ledger: Ledger) -> None:
    family = Family()
    family.add(await start(python("speech", "import time; time.sleep(60)"), ledger))
    family.add(await start(python("livekit-server", "raise SystemExit(3)"), ledger))

    death = await family.first_death()
    await family.end_all()

    assert "livekit-server" in str(death)
    assert not any(entry.alive() for entry in ledger.entries)


async def test_a_command_that_fails_is_told_with_its_last_lines() -> None:
    with pytest.raises(CommandFailedError, match="no such stack"):
        await run(python("cdk-deploy", "print('no such stack'); raise SystemExit(1)"))


async def test_a_command_ends_when_nobody_waits_for_it_any_more() -> None:
    running = asyncio.create_task(
        run(python("cdk-synth", "import os, time; print(os.getpid(), flush=True); time.sleep(60)"))
    )

    async def said() -> bool:
        return children.tail("cdk-synth").strip().isdigit()

    await until(said, what="its pid", seconds=10)
    pid = int(children.tail("cdk-synth"))
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    assert started_at(pid) is None


async def test_one_that_is_started_again_on_purpose_is_no_death_in_the_family(ledger: Ledger) -> None:
    family = Family()
    first = family.add(await start(python("livekit-server", "import time; time.sleep(60)"), ledger))

    second = await family.restart("livekit-server", ledger)
    family.add(await start(python("speech", "raise SystemExit(3)"), ledger))
    death = await family.first_death()
    alive = [first.identity.alive(), second.identity.alive()]
    await family.end_all()

    assert "speech" in str(death)
    assert alive == [False, True]
    assert second.command == first.command
