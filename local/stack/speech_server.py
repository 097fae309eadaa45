"""Starts the offline speech and language servers."""

from typing import Final

from local.stack.children import Child, Command, start
from local.stack.environment import machine
from local.stack.ledger import Ledger
from local.stack.places import PYTHON
from local.stack.waiting import answers

# The first start on a machine learns the training sentences: a minute of both cores, if nobody else has them.
PATIENCE: Final = 300.0


async def run(port: int, ledger: Ledger) -> Child:
    argv = (str(PYTHON), "-m", "local.speech", "--port", str(port))
    child = await start(Command(name="speech", argv=argv, env=machine()), ledger)

    async def up() -> bool:
        return await answers(f"http://127.0.0.1:{port}/healthz")

    await child.ready(up, seconds=PATIENCE)
    return child
