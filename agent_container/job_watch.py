"""Sees a job's process die under a call, or hang, and tells the API, which calls in another AI."""

import asyncio
import logging
from typing import Protocol

from livekit.agents.ipc.job_executor import JobExecutor
from livekit.agents.ipc.job_proc_executor import ProcJobExecutor
from livekit.agents.ipc.proc_pool import ProcPool

from agent_container.errors import ApiRefusedError, ApiUnreachableError
from agent_container.loss import Loss

logger = logging.getLogger(__name__)

# A job is asked every 2.5 s whether it is alive. One that hangs is killed, as its caller talks to nobody.
UNRESPONSIVE_AFTER = 8.0
SETTLE_WITHIN = 5.0


class Losses(Protocol):
    async def agent_lost(self, loss: Loss) -> bool: ...
    async def aclose(self) -> None: ...


class JobWatch:
    def __init__(self, api: Losses) -> None:
        self._api = api
        self._reports: set[asyncio.Task[None]] = set()

    def attach(self, pool: ProcPool) -> None:
        pool.on("process_created", _shorten_patience)
        pool.on("process_closed", self._on_closed)

    async def settle(self) -> None:
        """Let the last reports out before the worker ends."""
        if self._reports:
            await asyncio.wait(self._reports, timeout=SETTLE_WITHIN)
        await self._api.aclose()

    def _on_closed(self, process: JobExecutor) -> None:
        if loss := loss_of(process):
            report = asyncio.create_task(self._report(loss))
            self._reports.add(report)
            report.add_done_callback(self._reports.discard)

    async def _report(self, loss: Loss) -> None:
        facts = {"room": loss.room, "job_id": loss.job_id, "cause": loss.cause}
        logger.error("an AI was lost", extra=facts)
        try:
            replaced = await self._api.agent_lost(loss)
        except (ApiRefusedError, ApiUnreachableError):
            logger.exception("the API was not told that an AI was lost", extra=facts)
        else:
            logger.info("the API knows that an AI was lost", extra=facts | {"replaced": replaced})


def loss_of(process: JobExecutor) -> Loss | None:
    """What was lost with a process that has ended; nothing, when it had no call or has finished it."""
    info = process.running_job
    if not isinstance(process, ProcJobExecutor) or info is None or process.exitcode == 0:
        return None
    return Loss(
        room=info.job.room.name,
        agent_identity=info.accept_arguments.identity,
        job_id=info.job.id,
        cause="unresponsive" if process.killed else "process_died",
    )


def _shorten_patience(process: JobExecutor) -> None:
    if isinstance(process, ProcJobExecutor):
        # The framework waits for a minute and has no setting for it.
        process._opts.ping_timeout = UNRESPONSIVE_AFTER
