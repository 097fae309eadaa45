"""Asks now and then how the open request stands: the message that it is over may never come."""

import asyncio
from collections.abc import Callable
from typing import Final, Protocol

from agent_container.errors import ApiRefusedError, ApiUnreachableError
from agent_container.escalation import Escalation
from agent_container.transfer import Transfer

ASKED_EVERY: Final = 15.0


class Rows(Protocol):
    async def get(self, escalation_id: str) -> Escalation: ...


class RequestWatch:
    """Watches one request at a time, for as long as the call's transfer takes it to be open."""

    def __init__(
        self, *, api: Rows, transfer: Transfer, over: Callable[[str, str], None], every: float = ASKED_EVERY
    ) -> None:
        self._api = api
        self._transfer = transfer
        self._over = over
        self._every = every
        self._course: asyncio.Task[None] | None = None
        transfer.on_opened(self._begin)

    def end(self) -> None:
        if self._course:
            self._course.cancel()

    def _begin(self, _escalation_id: str, _summary: str) -> None:
        if self._course is None or self._course.done():
            self._course = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        while self._transfer.escalation_id:
            await asyncio.sleep(self._every)
            if escalation_id := self._transfer.escalation_id:
                await self._ask(escalation_id)

    async def _ask(self, escalation_id: str) -> None:
        try:
            row = await self._api.get(escalation_id)
        except (ApiRefusedError, ApiUnreachableError):
            return
        # The message may have come while this was on its way.
        if row.ended and self._transfer.escalation_id == escalation_id:
            self._over(escalation_id, row.status)
