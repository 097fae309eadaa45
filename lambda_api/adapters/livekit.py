"""LiveKit's rooms behind the domain's port; what is already gone counts as done."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from lambda_api.adapters.livekit_client import LiveKitClient, ask, room_exists
from lambda_api.adapters.livekit_people import behalf_of, participant, participants_of
from lambda_api.escalations.rooms import Participant

if TYPE_CHECKING:
    from livekit.api import AgentDispatch, LiveKitAPI, ParticipantInfo

TOPIC = "handoff"
# A dispatch that has brought nobody for this long is replaced instead of waited for.
PENDING_S = 10.0
# What a worker is given to say whether it takes a call.
OFFERED_S = 2.0


class LiveKitRooms:
    """Speaks of one agent name; other agents in a room are left alone."""

    def __init__(self, *, client: LiveKitClient, agent_name: str) -> None:
        self._client = client
        self._agent_name = agent_name

    def participants(self, room: str) -> tuple[Participant, ...] | None:
        async def look(api: LiveKitAPI) -> tuple[Participant, ...] | None:
            found = await participants_of(api, room)
            # An empty list is the answer both for an empty room and for none.
            if not found and not await room_exists(api, room):
                return None
            return tuple(map(participant, found))

        return self._client.run(look)

    def nudge(self, room: str, payload: Mapping[str, object]) -> None:
        from livekit.api import DataPacket, SendDataRequest

        request = SendDataRequest(
            room=room,
            data=json.dumps(payload).encode(),
            kind=DataPacket.Kind.RELIABLE,
            topic=TOPIC,
        )
        self._client.run(
            lambda api: ask(api, lambda api: api.room.send_data(request), room=room, absent=None)
        )

    def remove(self, room: str, identity: str) -> None:
        self._client.run(lambda api: _remove(api, room, identity))

    def dismiss_agent(self, room: str) -> None:
        """End the job where it is asked nicely, then cut the media of one that does not listen."""

        async def dismiss(api: LiveKitAPI) -> None:
            for dispatch in await self._dispatches(api, room):
                await _delete(api, dispatch)
            people = await participants_of(api, room)
            ours = {agent.identity for agent in self._agents(people)}
            for one in people:
                if one.identity in ours or behalf_of(one) in ours:
                    await _remove(api, room, one.identity)

        self._client.run(dismiss)

    def dispatch_agent(self, room: str, metadata: Mapping[str, object]) -> None:
        """Bring the agent once: not into a room that is gone, nor beside one who is there or on the way."""

        async def dispatch(api: LiveKitAPI) -> None:
            people, wanted = await participants_of(api, room), json.dumps(metadata)
            dispatches = await self._dispatches(api, room)
            if not people or list(self._agents(people)) or any(_pending(one, wanted) for one in dispatches):
                return
            for stale in dispatches:
                await _delete(api, stale)
            await self._create(api, room, wanted)

        self._client.run(dispatch)

    def relieve_agent(self, room: str, metadata: Mapping[str, object], leaving: str) -> None:
        """Bring another agent beside the one that leaves, whose own dispatch must stand until then."""

        async def relieve(api: LiveKitAPI) -> None:
            wanted = json.dumps(metadata)
            there = [agent.identity for agent in self._agents(await participants_of(api, room))]
            asked = [one for one in await self._dispatches(api, room) if one.metadata == wanted]
            if there != [leaving] or any(map(_is_answered, asked)):
                return
            for unanswered in asked:
                await _delete(api, unanswered)
            await self._create(api, room, wanted)

        self._client.run(relieve)

    async def _create(self, api: LiveKitAPI, room: str, metadata: str) -> None:
        from livekit.api import CreateAgentDispatchRequest

        request = CreateAgentDispatchRequest(agent_name=self._agent_name, room=room, metadata=metadata)
        # Not asked twice: a second one would bring a second agent. The next look does it, if need be.
        await ask(
            api, lambda api: api.agent_dispatch.create_dispatch(request), room=room, absent=None, attempts=1
        )

    async def _dispatches(self, api: LiveKitAPI, room: str) -> list[AgentDispatch]:
        none: list[AgentDispatch] = []
        found = await ask(api, lambda api: api.agent_dispatch.list_dispatch(room), room=room, absent=none)
        return [dispatch for dispatch in found if dispatch.agent_name == self._agent_name]

    def _agents(self, people: Iterable[ParticipantInfo]) -> Iterable[ParticipantInfo]:
        for person in people:
            name = person.attributes.get("lk.agent.name", "") or self._agent_name
            if person.kind == person.AGENT and name == self._agent_name and not behalf_of(person):
                yield person


async def _remove(api: LiveKitAPI, room: str, identity: str) -> None:
    from livekit.api import RoomParticipantIdentity

    request = RoomParticipantIdentity(room=room, identity=identity)
    await ask(api, lambda api: api.room.remove_participant(request), room=room, absent=None)


async def _delete(api: LiveKitAPI, dispatch: AgentDispatch) -> None:
    room = dispatch.room
    await ask(api, lambda api: api.agent_dispatch.delete_dispatch(dispatch.id, room), room=room, absent=None)


def _pending(dispatch: AgentDispatch, metadata: str) -> bool:
    age = time.time() - dispatch.state.created_at / 1e9
    return dispatch.metadata == metadata and age < PENDING_S


def _is_answered(dispatch: AgentDispatch) -> bool:
    """LiveKit offers a dispatch once: one that no worker took at once is taken by none that comes later."""
    age = time.time() - dispatch.state.created_at / 1e9
    return age < (PENDING_S if dispatch.state.jobs else OFFERED_S)
