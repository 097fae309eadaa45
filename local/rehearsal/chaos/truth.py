"""LiveKit's own list of who is in a room, asked ten times a second."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Final

import aiohttp
from livekit.api import ListParticipantsRequest, LiveKitAPI, ServerError
from livekit.protocol.models import ParticipantInfo, TrackType

from local.rehearsal.clock import now
from local.rehearsal.guest import HUMAN_PREFIX
from local.stack.stack_file import StackFile

_EVERY_S: Final = 0.1


@dataclass(frozen=True, slots=True)
class Sight:
    """One look: identities by what they are; heard is a microphone that is open."""

    at: float
    callers: frozenset[str]
    ais: frozenset[str]
    humans: frozenset[str]
    heard: frozenset[str]


class Truth:
    def __init__(self, stack: StackFile, room: str) -> None:
        self.sights: list[Sight] = []
        self._stack, self._room = stack, room

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        watching = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching

    async def _watch(self) -> None:
        url = self._stack.livekit_url.replace("ws", "http", 1)
        async with LiveKitAPI(
            url, self._stack.livekit_api_key, self._stack.livekit_api_secret, failover=False
        ) as livekit:
            while True:
                began = now()
                await self._look(livekit)
                await asyncio.sleep(max(0.0, began + _EVERY_S - now()))

    async def _look(self, livekit: LiveKitAPI) -> None:
        """What could not be seen is left out; nothing is concluded from it."""
        with suppress(aiohttp.ClientError, ServerError, TimeoutError):
            self.sights.append(sight(now(), await _listed(livekit, self._room)))

    def last_seen(self, identity: str) -> float:
        return next((each.at for each in reversed(self.sights) if identity in each.humans), 0.0)

    def seen_since(self, at: float) -> bool:
        return bool(self.sights) and self.sights[-1].at > at


async def _listed(livekit: LiveKitAPI, room: str) -> list[ParticipantInfo]:
    try:
        return list((await livekit.room.list_participants(ListParticipantsRequest(room=room))).participants)
    except ServerError as error:
        # There is no such room, or not any more.
        if error.status in {404, 503}:
            return []
        raise


def sight(at: float, people: list[ParticipantInfo]) -> Sight:
    active = [each for each in people if each.state == ParticipantInfo.ACTIVE]
    ais = frozenset(each.identity for each in people if each.kind == ParticipantInfo.AGENT)
    humans = frozenset(each.identity for each in active if each.identity.startswith(HUMAN_PREFIX))
    return Sight(
        at=at,
        callers=frozenset(each.identity for each in active) - ais - humans,
        ais=ais,
        humans=humans,
        heard=frozenset(each.identity for each in active if _is_heard(each)),
    )


def _is_heard(person: ParticipantInfo) -> bool:
    return any(track.type == TrackType.AUDIO and not track.muted for track in person.tracks)
