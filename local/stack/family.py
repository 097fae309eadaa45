"""All children of one stack: who died first, and the end of everybody."""

import asyncio

from local.stack.children import Child
from local.stack.errors import ChildDiedError


class Family:
    def __init__(self) -> None:
        self._children: list[Child] = []

    def add(self, child: Child) -> Child:
        self._children.append(child)
        return child

    async def end_one(self, child: Child) -> None:
        self._children.remove(child)
        await child.end()

    async def first_death(self) -> ChildDiedError:
        """Wait until one of them ends by itself."""
        watches = [asyncio.create_task(child.died()) for child in self._children]
        try:
            done, _ = await asyncio.wait(watches, return_when=asyncio.FIRST_COMPLETED)
            return done.pop().result()
        finally:
            for watch in watches:
                watch.cancel()

    async def end_all(self) -> None:
        await asyncio.gather(*(child.end() for child in self._children))
        self._children.clear()
