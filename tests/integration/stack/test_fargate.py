import asyncio
import signal
import sys
from pathlib import Path

import pytest

from local.stack import children, fargate, task
from local.stack.container import Container
from local.stack.errors import NotReadyError
from local.stack.fargate import Fargate
from local.stack.ledger import Ledger
from local.stack.ports import choose
from local.stack.task import next_pause
from local.stack.waiting import answers, until

# A worker that says who it is, and answers its health check as LiveKit's does: also unregistered.
WORKER = """
import http.server, os, signal, sys, time
# As a worker does whose call still lasts a moment.
signal.signal(signal.SIGTERM, lambda *_: (time.sleep(0.5), os._exit(0)))
print(sorted(name for name in os.environ if name.startswith(("HANDOFF_", "LIVEKIT_"))), flush=True)
print(sys.executable)
print(os.environ["HANDOFF_FAREWELL"], flush=True)
if os.environ["HANDOFF_FAREWELL"] != "never registered":
    print("registered worker", flush=True)
class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def log_message(self, *_): pass
http.server.HTTPServer(("127.0.0.1", int(os.environ["HANDOFF_HEALTH_PORT"])), Health).serve_forever()
"""


@pytest.fixture(autouse=True)
def _quickly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "LOGS", tmp_path / "logs")
    monkeypatch.setattr(task, "FIRST_PAUSE", 0.01)
    monkeypatch.setenv("LIVEKIT_API_SECRET", "of the developer's shell")


@pytest.fixture
def health_ports(tmp_path: Path) -> tuple[int, int]:
    ports = choose(tmp_path / "ports.json")
    return ports["worker_health"], ports["next_worker_health"]


@pytest.fixture
def worker(tmp_path: Path, health_ports: tuple[int, int]) -> Fargate:
    container = Container(argv=("python", "-c", WORKER), env={"HANDOFF_FAREWELL": "on"})
    ledger = Ledger(tmp_path / "processes.json")
    return Fargate(container, overrides={}, health_ports=health_ports, ledger=ledger)


async def test_the_worker_gets_the_deployed_environment_and_nothing_of_the_shell(worker: Fargate) -> None:
    await worker.up()
    await worker.down()

    names, python, farewell = children.tail("worker").splitlines()[:3]
    assert python == sys.executable
    assert names == "['HANDOFF_FAREWELL', 'HANDOFF_HEALTH_PORT']"
    assert farewell == "on"


async def test_a_replaced_worker_has_the_other_settings_and_the_first_is_gone(worker: Fargate) -> None:
    await worker.up()
    first = worker.identity
    await worker.replace({"HANDOFF_FAREWELL": "off"})
    second = worker.identity
    await worker.down()

    assert first != second
    assert not first.alive()
    assert not second.alive()
    assert children.tail("worker").splitlines()[-2:] == ["off", "registered worker"]


async def test_a_deployment_starts_the_next_worker_before_it_stops_the_last(worker: Fargate) -> None:
    await worker.up()
    first = worker.identity

    rolling = asyncio.create_task(worker.roll())
    await until(worker.ready, what="the next worker", seconds=10)
    second = worker.identity
    both = first.alive() and second.alive()
    await rolling
    alive = first.alive(), second.alive()
    await worker.down()

    assert first != second
    assert both
    assert alive == (False, True)
    assert not second.alive()


async def test_a_deployment_that_fails_leaves_the_last_worker_where_it_is(
    worker: Fargate, monkeypatch: pytest.MonkeyPatch
) -> None:
    await worker.up()
    first = worker.identity
    monkeypatch.setattr(fargate, "DEPLOYMENT_PATIENCE", 1.0)
    monkeypatch.setattr(worker, "_more", {"HANDOFF_FAREWELL": "never registered"})

    with pytest.raises(NotReadyError):
        await worker.roll()
    stays = worker.identity == first and await worker.ready()
    await worker.down()

    assert stays


async def test_a_worker_that_livekit_does_not_know_is_not_ready(
    worker: Fargate, health_ports: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    await worker.up()
    known = await worker.ready()
    monkeypatch.setattr(fargate, "PATIENCE", 1.0)
    with pytest.raises(NotReadyError):
        await worker.replace({"HANDOFF_FAREWELL": "never registered"})
    healthy = await answers(f"http://127.0.0.1:{health_ports[0]}/")
    ready = await worker.ready()
    await worker.down()

    assert (known, healthy, ready) == (True, True, False)
    assert not await worker.ready()


async def test_a_worker_that_dies_is_started_again_and_told(
    worker: Fargate, capsys: pytest.CaptureFixture[str]
) -> None:
    await worker.up()
    first = worker.identity
    first.signal_group(signal.SIGKILL)

    async def another() -> bool:
        return worker.identity != first

    await until(another, what="another worker", seconds=10)
    await worker.down()

    assert "worker ended by itself" in capsys.readouterr().out


def test_pauses_grow_with_every_death_and_are_short_again_after_a_life() -> None:
    assert next_pause(0, lived=0) == task.FIRST_PAUSE
    assert next_pause(4, lived=1) == 8
    assert next_pause(20, lived=1) == task.LONGEST_PAUSE
    assert next_pause(20, lived=1000) == task.FIRST_PAUSE
