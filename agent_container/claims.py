"""Who may take the AI's place, asked of the API; what it tells about the escalation on the way is kept."""

from typing import Protocol

from agent_container.escalation import RoomView
from agent_container.prompts import SOMEBODY
from agent_container.transfer import Transfer


class Rooms(Protocol):
    async def room(self, room: str) -> RoomView: ...


class ApiClaims:
    def __init__(self, *, api: Rooms, room: str, transfer: Transfer) -> None:
        self._api = api
        self._room = room
        self._transfer = transfer
        self._escalations: dict[str, str] = {}

    async def holder_name(self, identity: str) -> str | None:
        view = await self._api.room(self._room)
        if view.escalation:
            self._transfer.adopt(view.escalation)
        holder = view.holder(identity)
        if holder is None:
            return None
        if holder.escalation_id:
            self._escalations[identity] = holder.escalation_id
        return holder.name or SOMEBODY

    def escalation_of(self, identity: str) -> str | None:
        return self._escalations.get(identity) or self._transfer.escalation_id
