"""Waits until the worker takes calls: one that comes earlier would be answered by nobody."""

from local.rehearsal.patience import ask_until
from local.stack.waiting import answers


async def wait_for_the_worker(control_url: str, *, within_s: float = 60.0) -> None:
    """A stack that is up may just be starting its worker again."""
    await ask_until("the worker's registration", lambda: answers(f"{control_url}/worker"), within_s=within_s)
