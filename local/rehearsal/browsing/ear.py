"""What a person hears in a browser: the sound that it has decoded for its speakers, by who says it."""

import base64
from pathlib import Path
from typing import Any, Final

import numpy as np
from livekit.api import ListParticipantsRequest, LiveKitAPI
from livekit.protocol.models import ParticipantInfo
from playwright.async_api import BrowserContext

from local.rehearsal.clock import monotonic_of_wall
from local.rehearsal.ear import Ear
from local.rehearsal.guest import HUMAN_PREFIX
from local.stack.stack_file import StackFile

_SCRIPT: Final = Path(__file__).with_name("ear.js")


class PageEar:
    """The browser names a speaker by LiveKit's id, and LiveKit knows who that is."""

    def __init__(self, *, ear: Ear, stack: StackFile, room: str) -> None:
        self._ear, self._stack, self._room = ear, stack, room
        self._roles: dict[str, str] = {}

    async def listen(self, context: BrowserContext) -> None:
        await context.expose_binding("rehearsalHeard", self._heard)
        await context.add_init_script(path=_SCRIPT)

    async def _heard(self, _source: Any, participant: str, at_ms: list[float], frames: list[str]) -> None:
        if participant not in self._roles:
            self._roles.update(await self._everybody())
        speaker = self._roles.get(participant, participant)
        for at, frame in zip(at_ms, frames, strict=True):
            samples = np.frombuffer(base64.b64decode(frame), dtype=np.int16)
            self._ear.take(speaker, at=monotonic_of_wall(at / 1000), samples=samples)

    async def _everybody(self) -> dict[str, str]:
        url = self._stack.livekit_url.replace("ws", "http", 1)
        async with LiveKitAPI(url, self._stack.livekit_api_key, self._stack.livekit_api_secret) as livekit:
            found = await livekit.room.list_participants(ListParticipantsRequest(room=self._room))
        return {one.sid: _role(one) for one in found.participants}


def _role(participant: ParticipantInfo) -> str:
    if participant.kind == ParticipantInfo.Kind.AGENT:
        return "ai"
    return "human" if participant.identity.startswith(HUMAN_PREFIX) else "caller"
