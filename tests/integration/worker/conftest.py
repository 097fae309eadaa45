"""A real livekit-server and the real worker, once for all tests of calls in a room."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from local.setup import tools
from local.stack import livekit_server
from local.stack.livekit_server import LiveKit
from local.stack.places import ROOT
from local.stack.ports import any_free
from local.stack.registration import REGISTERED
from tests.integration.worker.rooms import House, house
from tests.integration.worker.scripted import ScriptedApi, ScriptedProviders

READY_SECONDS = 90.0


@dataclass(frozen=True, slots=True)
class Site:
    """Where the worker of these tests finds its neighbours."""

    livekit: LiveKit
    providers_port: int
    api_port: int


@pytest.fixture(scope="session")
def livekit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveKit]:
    binary = tools.livekit_server()
    assert binary, "livekit-server is missing: make setup"
    folder = tmp_path_factory.mktemp("livekit")
    port = any_free()
    livekit = livekit_server.fresh(port)
    config = livekit_server.configuration(livekit, port=port, media_port=any_free(), webhook_url="")
    # Nobody listens for webhooks here: the worker has to see by itself who comes and goes.
    del config["webhook"]
    (folder / "livekit.yaml").write_text(yaml.safe_dump(config))
    command = [str(binary), "--config", str(folder / "livekit.yaml")]
    with _running(command, folder / "livekit.log", lambda _: _answers(f"http://127.0.0.1:{port}/")):
        yield livekit


@pytest.fixture(scope="session")
def site(livekit: LiveKit, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("worker")
    site = Site(livekit=livekit, providers_port=any_free(), api_port=any_free())
    command = [sys.executable, "-m", "agent_container", "start"]
    with _running(
        command, folder / "worker.log", lambda log: REGISTERED in log, cwd=folder, env=_environment(site)
    ):
        yield site


@pytest.fixture
async def call(site: Site) -> AsyncIterator[House]:
    async with (
        ScriptedProviders(site.providers_port) as providers,
        ScriptedApi(site.api_port) as api,
        house(site.livekit, providers=providers, api=api) as call,
    ):
        yield call


def _environment(site: Site) -> dict[str, str]:
    providers = f"http://127.0.0.1:{site.providers_port}/v1"
    return {
        "PATH": os.environ["PATH"],
        "HOME": os.environ["HOME"],
        "PYTHONPATH": str(ROOT),
        "LIVEKIT_URL": site.livekit.url,
        "LIVEKIT_API_KEY": site.livekit.api_key,
        "LIVEKIT_API_SECRET": site.livekit.api_secret,
        "DEEPGRAM_BASE_URL": f"{providers}/listen",
        "OPENAI_BASE_URL": providers,
        "HANDOFF_API_URL": f"http://127.0.0.1:{site.api_port}",
        "HANDOFF_WORKER_KEY": "of-these-tests",
        "HANDOFF_HEALTH_PORT": "0",
        "HANDOFF_PRIVATE_BRIEFING": "on",
        "HANDOFF_HOLD_MUSIC": "on",
    }


@contextmanager
def _running(
    command: list[str],
    log: Path,
    ready: Callable[[bytes], bool],
    *,
    cwd: Path = ROOT,
    env: dict[str, str] | None = None,
) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=cwd, env=env, stdout=output, stderr=output)
    try:
        _wait(process, log, ready)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(process: subprocess.Popen[bytes], log: Path, ready: Callable[[bytes], bool]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not ready(log.read_bytes()):
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(log.read_text(errors="replace")[-3000:])
        time.sleep(0.1)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2):  # noqa: S310
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
