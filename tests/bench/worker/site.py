"""A livekit-server, the product's worker and the no-op one on it, and providers that hum."""

from __future__ import annotations

import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

from livekit import api as livekit_api

from local.stack.livekit_server import LiveKit
from local.stack.ports import any_free
from tests.bench.worker import noop
from tests.bench.worker.arriving import Arrivals
from tests.bench.worker.humming import HummingProviders
from tests.bench.worker.processes import Worker, find
from tests.integration.worker import servers
from tests.integration.worker.providers import addresses
from tests.integration.worker.scripted import ScriptedApi

OURS: Final = "agent_container"
NOOP: Final = "tests.bench.worker.noop"
_NAMES: Final = {OURS: "handoff-agent", NOOP: noop.AGENT_NAME}
CALLER: Final = "caller-1"
_OFFERS: Final = 3
_ANSWERED_S: Final = 15.0


class NotTakenError(Exception):
    """A worker took none of the dispatches that it was offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    livekit: LiveKit
    api: livekit_api.LiveKitAPI
    arrivals: Arrivals
    providers: HummingProviders
    workers: dict[str, Worker]

    async def room(self) -> str:
        name = f"room-{uuid4().hex[:8]}"
        await self.api.room.create_room(livekit_api.CreateRoomRequest(name=name, empty_timeout=120))
        return name

    async def bring(self, worker: str, room: str) -> float:
        """Seconds from the dispatch to the agent in the room.

        LiveKit offers a dispatch once: one that a busy machine answered too late is asked for again.
        """
        for _ in range(_OFFERS):
            began = time.perf_counter()
            await self._dispatch(worker, room)
            try:
                return await self.arrivals.of(room, within_s=_ANSWERED_S) - began
            except TimeoutError:
                continue
        raise NotTakenError(worker)

    async def _dispatch(self, worker: str, room: str) -> None:
        wanted = livekit_api.CreateAgentDispatchRequest(
            agent_name=_NAMES[worker], room=room, metadata=f'{{"caller_identity": "{CALLER}"}}'
        )
        await self.api.agent_dispatch.create_dispatch(wanted)

    async def end(self, room: str) -> None:
        await self.api.room.delete_room(livekit_api.DeleteRoomRequest(room=room))


@asynccontextmanager
async def site() -> AsyncIterator[Site]:
    async with AsyncExitStack() as parts:
        folder = Path(parts.enter_context(tempfile.TemporaryDirectory()))
        arrivals = await parts.enter_async_context(Arrivals(any_free()))
        livekit = parts.enter_context(servers.livekit_of_ones_own(folder, webhook_url=arrivals.url))
        providers_port, api_port = any_free(), any_free()
        providers = await parts.enter_async_context(HummingProviders(providers_port))
        await parts.enter_async_context(ScriptedApi(api_port))
        told = {
            **addresses(providers_port),
            "HANDOFF_API_URL": f"http://127.0.0.1:{api_port}",
            "HANDOFF_WORKER_KEY": "of-this-benchmark",
            "HANDOFF_AGENT_NAME": _NAMES[OURS],
            "HANDOFF_HEALTH_PORT": "0",
            "HANDOFF_IDLE_PROCESSES": str(noop.IDLE),
        }
        for module, more in ((OURS, told), (NOOP, {})):
            (own := folder / module).mkdir()
            parts.enter_context(servers.worker(module, own, livekit, more))
        found = find((OURS, NOOP))
        api = await parts.enter_async_context(
            livekit_api.LiveKitAPI(livekit.url, livekit.api_key, livekit.api_secret)
        )
        workers = {module: Worker(module, process) for module, process in found.items()}
        yield Site(livekit=livekit, api=api, arrivals=arrivals, providers=providers, workers=workers)
