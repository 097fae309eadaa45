"""Waits until the worker is registered with LiveKit: a call before that would be answered by nobody."""

import asyncio
from pathlib import Path

from local.rehearsal.patience import ask_until
from local.stack.places import LOGS

WORKER_LOG = LOGS / "worker.log"
_WITHIN_S = 60.0
_STARTED, _REGISTERED = "starting worker", "registered worker"


def registered(log: str) -> bool:
    """Its health check is green from the start on; only its log tells when LiveKit has taken it in."""
    return log.rfind(_REGISTERED) > log.rfind(_STARTED)


def _looked(path: Path) -> bool:
    return registered(path.read_text(errors="replace"))


async def wait_for_the_worker(path: Path = WORKER_LOG) -> None:
    async def look() -> bool:
        return await asyncio.to_thread(_looked, path)

    await ask_until("the worker's registration", look, within_s=_WITHIN_S)
