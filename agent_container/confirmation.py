"""Makes sure that whoever looks like a human agent has the API's word for it, asked ahead of time."""

import asyncio
import logging

from agent_container.errors import ApiRefusedError, ApiUnreachableError
from agent_container.exit_ports import Claims, Presence

logger = logging.getLogger(__name__)

CONFIRM_WITHIN = 1.0


class Confirmation:
    def __init__(self, *, claims: Claims, presence: Presence) -> None:
        self._claims = claims
        self._presence = presence
        self._look_ups: dict[str, asyncio.Task[str | None]] = {}
        self._refused: set[str] = set()

    def is_refused(self, identity: str) -> bool:
        return identity in self._refused

    def expect(self, identity: str) -> None:
        if identity not in self._look_ups:
            self._look_ups[identity] = asyncio.create_task(self._look_up(identity))

    def reconsider(self, identity: str) -> None:
        """Ask once more about somebody whom the API did not know before."""
        if identity in self._refused:
            self._refused.discard(identity)
            self._look_ups.pop(identity, None)

    async def name_of(self, identity: str) -> str | None:
        """The name under which this human may take over; None when the API does not know of them."""
        self.expect(identity)
        return await asyncio.shield(self._look_ups[identity])

    def forget(self, identity: str) -> str | None:
        """Drop what is known of somebody who has gone, and return the name if there was one."""
        look_up = self._look_ups.pop(identity, None)
        return look_up.result() if look_up and look_up.done() and not look_up.exception() else None

    async def _look_up(self, identity: str) -> str | None:
        try:
            async with asyncio.timeout(CONFIRM_WITHIN):
                name = await self._claims.holder_name(identity)
        except (ApiUnreachableError, ApiRefusedError, TimeoutError):
            # Our own API put the seat into the token's attributes, and nobody in the room can write there.
            self._look_ups.pop(identity, None)
            return self._presence.name_of(identity) if self._presence.has_seat(identity) else None
        if name is None:
            logger.warning("a human agent without a claim", extra={"human_identity": identity})
            self._refused.add(identity)
        return name
