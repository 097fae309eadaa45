"""A real livekit-server and the real worker, once for all tests of calls in a room."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from local.stack.livekit_server import LiveKit
from local.stack.ports import any_free
from tests.integration.worker import servers
from tests.integration.worker.providers import addresses
from tests.integration.worker.rooms import House, house
from tests.integration.worker.scripted import ScriptedApi, ScriptedProviders


@dataclass(frozen=True, slots=True)
class Site:
    """Where the worker of these tests finds its neighbours, and under which name LiveKit knows it."""

    livekit: LiveKit
    providers_port: int
    api_port: int
    agent_name: str


@pytest.fixture(scope="session")
def livekit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveKit]:
    with servers.livekit_of_ones_own(tmp_path_factory.mktemp("livekit")) as livekit:
        yield livekit


@pytest.fixture(scope="session")
def site(livekit: LiveKit, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with worker(livekit, tmp_path_factory.mktemp("worker"), name="handoff-agent") as site:
        yield site


@pytest.fixture
async def call(site: Site) -> AsyncIterator[House]:
    async with call_at(site) as call:
        yield call


@contextmanager
def worker(livekit: LiveKit, folder: Path, *, name: str, **more: str) -> Iterator[Site]:
    site = Site(livekit=livekit, providers_port=any_free(), api_port=any_free(), agent_name=name)
    with servers.worker("agent_container", folder, livekit, _environment(site) | more):
        yield site


@asynccontextmanager
async def call_at(site: Site) -> AsyncIterator[House]:
    async with (
        ScriptedProviders(site.providers_port) as providers,
        ScriptedApi(site.api_port) as api,
        house(site.livekit, providers=providers, api=api, agent_name=site.agent_name) as call,
    ):
        yield call


def _environment(site: Site) -> dict[str, str]:
    return {
        **addresses(site.providers_port),
        "HANDOFF_API_URL": f"http://127.0.0.1:{site.api_port}",
        "HANDOFF_WORKER_KEY": "of-these-tests",
        "HANDOFF_AGENT_NAME": site.agent_name,
        "HANDOFF_HEALTH_PORT": "0",
        "HANDOFF_PRIVATE_BRIEFING": "on",
        "HANDOFF_HOLD_MUSIC": "on",
    }
