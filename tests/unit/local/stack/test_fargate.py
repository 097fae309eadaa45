import signal
import sys
from pathlib import Path

import pytest

from local.stack import children, fargate
from local.stack.container import Container
from local.stack.fargate import Fargate, next_pause
from local.stack.ledger import Ledger
from local.stack.ports import choose
from local.stack.waiting import until

# A worker that answers its health check and says who it is.
WORKER = """
import http.server, os, sys
print(sorted(name for name in os.environ if name.startswith(("HANDOFF_", "LIVEKIT_"))), flush=True)
print(sys.executable)
print(os.environ["HANDOFF_FAREWELL"], flush=True)
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
    monkeypatch.setattr(fargate, "FIRST_PAUSE", 0.01)
    monkeypatch.setenv("LIVEKIT_API_SECRET", "of the developer's shell")


@pytest.fixture
def worker(tmp_path: Path) -> Fargate:
    container = Container(argv=("python", "-c", WORKER), env={"HANDOFF_FAREWELL": "on"})
    port = choose(tmp_path / "ports.json")["worker_health"]
    return Fargate(container, overrides={}, health_port=port, ledger=Ledger(tmp_path / "processes.json"))


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
    assert children.tail("worker").splitlines()[-1] == "off"


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
    assert next_pause(0, lived=0) == fargate.FIRST_PAUSE
    assert next_pause(4, lived=1) == 8
    assert next_pause(20, lived=1) == fargate.LONGEST_PAUSE
    assert next_pause(20, lived=1000) == fargate.FIRST_PAUSE
