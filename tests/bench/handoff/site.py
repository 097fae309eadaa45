"""Where the joins take place: the stack, and another livekit-server for the seed's AI and the script's."""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import (
    AbstractContextManager,
    ExitStack,
    asynccontextmanager,
    contextmanager,
)
from dataclasses import dataclass
from pathlib import Path

from local.stack.livekit_server import LiveKit
from local.stack.ports import any_free
from local.stack.running import deliver_webhooks, running
from local.stack.stack_file import StackFile
from tests.bench.handoff.access import livekit_of
from tests.integration.processes import answers
from tests.integration.processes import running as running_process
from tests.integration.worker import servers
from tests.integration.worker.providers import addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    stack: StackFile
    bare: LiveKit
    script_url: str
    providers_port: int
    folder: Path

    @contextmanager
    def worker(self, ways: str) -> Iterator[None]:
        """The product's own, which leaves in these ways and says no farewell."""
        stack = self.stack
        told = {
            **addresses(self.providers_port),
            "HANDOFF_API_URL": stack.api_url,
            "HANDOFF_WORKER_KEY": stack.service_key,
            "HANDOFF_AGENT_NAME": stack.agent_name,
            "HANDOFF_HEALTH_PORT": "0",
            "HANDOFF_FAREWELL": "off",
            "HANDOFF_EXIT_WAYS": ways,
        }
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        with servers.worker("agent_container", folder, livekit_of(stack), told):
            yield

    @asynccontextmanager
    async def without_webhooks(self) -> AsyncIterator[None]:
        await asyncio.to_thread(deliver_webhooks, self.stack, deliver=False)
        try:
            yield
        finally:
            await asyncio.to_thread(deliver_webhooks, self.stack, deliver=True)


@contextmanager
def site() -> Iterator[Site]:
    with ExitStack() as parts:
        folder = Path(parts.enter_context(tempfile.TemporaryDirectory()))
        # The stack's own worker takes no calls meanwhile: its voice is not one that talks and talks.
        stack = parts.enter_context(running(worker={"HANDOFF_AGENT_NAME": "resting"}))
        script_port, providers_port = any_free(), any_free()
        url = f"http://127.0.0.1:{script_port}"
        bare = parts.enter_context(servers.livekit_of_ones_own(folder, webhook_url=f"{url}/webhooks"))
        parts.enter_context(_script(script_port, bare, folder))
        (seeds := folder / "seed").mkdir()
        parts.enter_context(
            servers.worker("tests.bench.handoff.seed", seeds, bare, addresses(providers_port))
        )
        yield Site(stack=stack, bare=bare, script_url=url, providers_port=providers_port, folder=folder)


def _script(port: int, livekit: LiveKit, folder: Path) -> AbstractContextManager[None]:
    env = {
        "LIVEKIT_URL": livekit.url,
        "LIVEKIT_API_KEY": livekit.api_key,
        "LIVEKIT_API_SECRET": livekit.api_secret,
    }
    command = [sys.executable, "-m", "tests.bench.handoff.script", str(port)]
    ready = lambda _: answers(f"http://127.0.0.1:{port}/")  # noqa: E731
    return running_process(command, folder / "script.log", ready, env={**os.environ, **env})
