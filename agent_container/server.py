"""LiveKit's server, which tells of the processes that it makes, and gives its calls away when it stops."""

import asyncio
from typing import Any

from livekit.agents import AgentServer
from livekit.agents.ipc.proc_pool import ProcPool
from livekit.agents.types import NOT_GIVEN, NotGivenOr

from agent_container.call_guard import CallGuard
from agent_container.evacuation import Evacuation
from agent_container.figures import tell_active_calls
from agent_container.job_watch import JobWatch


class WatchedServer(AgentServer):
    """The framework tells nobody of a job's end, and makes its pool of processes only once it runs."""

    def __init__(self, *, watch: JobWatch, evacuation: Evacuation, guard: CallGuard, **options: Any) -> None:
        self._watch = watch
        self._guard = guard
        self._beside: list[asyncio.Task[None]] = []
        self._evacuation = evacuation
        self._told_full = asyncio.Event()
        super().__init__(**options)

    @property
    def _proc_pool(self) -> ProcPool:
        return self._pool

    @_proc_pool.setter
    def _proc_pool(self, pool: ProcPool) -> None:
        self._pool = pool
        self._watch.attach(pool)
        courses = (self._guard.watch(self._calls), tell_active_calls(self._calls))
        self._beside = [asyncio.create_task(course) for course in courses]

    def _calls(self) -> int:
        return len(self.active_jobs)

    async def drain(self, timeout: NotGivenOr[int | None] = NOT_GIVEN) -> None:  # noqa: ASYNC109 (LiveKit's)
        """Wait for the calls to end, here or in the hands of other workers."""
        evacuating = asyncio.create_task(self._evacuate())
        try:
            await super().drain(timeout)
        finally:
            evacuating.cancel()

    async def _evacuate(self) -> None:
        await self._told_full.wait()
        await self._evacuation.run(lambda: self.active_jobs)

    async def _update_worker_status(self) -> None:
        await super()._update_worker_status()
        if self.draining:
            # Before that LiveKit might offer this worker its own calls.
            self._told_full.set()

    async def aclose(self) -> None:
        await super().aclose()
        for task in self._beside:
            task.cancel()
        await self._watch.settle()
