"""The AIs that a human agent takes a call from: the product's, the seed's and the script's."""

import json
from dataclasses import dataclass
from typing import Final, Protocol

import aiohttp
from livekit import api as livekit_api

from local.rehearsal.clock import monotonic_of
from local.rehearsal.desk import Desk, Json, link_in
from local.rehearsal.guest import HUMAN_PREFIX
from local.rehearsal.patience import ask_until
from local.rehearsal.solo import Solo
from local.stack.clock import utc_now
from local.stack.livekit_server import LiveKit
from local.stack.stack_file import StackFile
from tests.bench.handoff import seed
from tests.bench.handoff.access import livekit_of, token
from tests.integration.worker.scripted import WISH

CALLER: Final = "caller-1"
_HUMAN: Final = f"{HUMAN_PREFIX}maria-1"
_CHAT: Final = "lk.chat"


class Ai(Protocol):
    @property
    def livekit(self) -> LiveKit: ...

    async def comes(self, room: str) -> None: ...

    async def lets_in(self, caller: Solo, room: str) -> str:
        """A token for a human agent; from then on the AI speaks."""
        ...

    async def told_after_ms(self, room: str) -> float | None:
        """From the tool's call to the SMS, where there is one."""
        ...


@dataclass(frozen=True, slots=True)
class Product:
    """Asked in writing, so that no recognition of speech has to be waited for; all else is as in any call."""

    stack: StackFile

    @property
    def livekit(self) -> LiveKit:
        return livekit_of(self.stack)

    async def comes(self, room: str) -> None:
        await _dispatch(self.livekit, room, self.stack.agent_name)

    async def lets_in(self, caller: Solo, room: str) -> str:  # noqa: ARG002 - the link knows its room
        desk, asked = Desk(self.stack), utc_now()
        try:
            await caller.guest.writes(WISH, topic=_CHAT)
            sms = await ask_until("an SMS", lambda: _sms(desk, after=asked), within_s=20, every_s=0.05)
            return str((await desk.claim(link_in(sms)))["token"])
        finally:
            await desk.close()

    async def told_after_ms(self, room: str) -> float | None:
        desk = Desk(self.stack)
        try:
            row = await desk.escalation_of(room)
        finally:
            await desk.close()
        return _told_after_ms(row) if row else None


@dataclass(frozen=True, slots=True)
class Seed:
    livekit: LiveKit

    async def comes(self, room: str) -> None:
        await _dispatch(self.livekit, room, seed.AGENT_NAME)

    async def lets_in(self, caller: Solo, room: str) -> str:  # noqa: ARG002
        return token(self.livekit, room, _HUMAN)

    async def told_after_ms(self, room: str) -> float | None:  # noqa: ARG002
        return None


@dataclass(frozen=True, slots=True)
class Script:
    livekit: LiveKit
    url: str

    async def comes(self, room: str) -> None:
        async with aiohttp.ClientSession() as session:
            (await session.post(f"{self.url}/talkers/{room}")).raise_for_status()

    async def lets_in(self, caller: Solo, room: str) -> str:  # noqa: ARG002
        return token(self.livekit, room, _HUMAN)

    async def told_after_ms(self, room: str) -> float | None:  # noqa: ARG002
        return None


async def _dispatch(livekit: LiveKit, room: str, agent_name: str) -> None:
    wanted = livekit_api.CreateAgentDispatchRequest(
        agent_name=agent_name, room=room, metadata=json.dumps({"caller_identity": CALLER})
    )
    async with livekit_api.LiveKitAPI(livekit.url, livekit.api_key, livekit.api_secret) as api:
        await api.agent_dispatch.create_dispatch(wanted)


async def _sms(desk: Desk, *, after: str) -> Json | None:
    found = [each for each in await desk.messages() if each["channel"] == "sms" and each["sent_at"] > after]
    return next((each for each in found if "/j/" in each["body"]), None)


def _told_after_ms(row: Json) -> float | None:
    told = next((each["at"] for each in row["timeline"] if each["change"] == "notified"), None)
    return (monotonic_of(told) - monotonic_of(row["tool_called_at"])) * 1000 if told else None
