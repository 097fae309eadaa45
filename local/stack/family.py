"""All children of one stack: who died first, one that is started again, and the end of everybody."""

import asyncio
import signal

from local.stack.children import Child, start
from local.stack.errors import ChildDiedError, MissingPartError
from local.stack.ledger import Ledger


class Family:
    def __init__(self) -> None:
        self._children: list[Child] = []
        self._watches: set[asyncio.Task[None]] = set()
        self._deaths: asyncio.Queue[ChildDiedError] = asyncio.Queue()

    def add(self, child: Child) -> Child:
        self._children.append(child)
        watch = asyncio.create_task(self._watch(child))
        self._watches.add(watch)
        watch.add_done_callback(self._watches.discard)
        return child

    async def _watch(self, child: Child) -> None:
        death = await child.died()
        if child in self._children:
            self._deaths.put_nowait(death)

    async def end_one(self, child: Child) -> None:
        self._children.remove(child)
        await child.end()

    async def restart(self, name: str, ledger: Ledger) -> Child:
        """As after a crash: killed in the middle of what it does, and started as it was."""
        child = next((each for each in self._children if each.command.name == name), None)
        if child is None:
            raise MissingPartError(name)
        self._children.remove(child)
        child.identity.signal_group(signal.SIGKILL)
        await child.process.wait()
        return self.add(await start(child.command, ledger))

    async def first_death(self) -> ChildDiedError:
        """Wait until one of them ends by itself."""
        return await self._deaths.get()

    async def end_all(self) -> None:
        children, self._children = self._children, []
        await asyncio.gather(*(child.end() for child in children))
