"""A call in a real room: a caller and a human agent with mouths and ears, and the real worker's AI."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Self
from uuid import uuid4

from livekit import api as livekit_api
from livekit import rtc

from local.rehearsal.ear import Ear
from local.rehearsal.loudness import Loudness
from local.rehearsal.mouth import Mouth
from local.rehearsal.patience import Pulse
from local.speech import voices
from local.stack.livekit_server import LiveKit
from tests.integration.worker.scripted import MARIA, ScriptedApi, ScriptedProviders

CALLER = "caller-1"
VOICE = "roomio_audio"
HEARD_DBFS = -45.0


class Seat:
    """Somebody in the room; whatever they hear is told apart by who plays it and on which track."""

    def __init__(self, livekit: LiveKit, room: str, identity: str, *, voice: str) -> None:
        self.room = rtc.Room()
        self.pulse = Pulse()
        self.ear = Ear(owner=identity, tell=lambda _: None, recorder=None, pulse=self.pulse)
        self.mouth = Mouth(owner=identity, voice=voice, tell=lambda _: None)
        self._url = livekit.url
        self._token = (
            livekit_api.AccessToken(livekit.api_key, livekit.api_secret)
            .with_identity(identity)
            .with_grants(livekit_api.VideoGrants(room_join=True, room=room))
            .to_jwt()
        )
        # A track whose subscription was interrupted is in it twice.
        self.subscribed: list[str] = []
        self.room.on("track_subscribed", self._on_track)
        for event in ("participant_connected", "participant_disconnected", "track_published"):
            self.room.on(event, lambda *_: self.pulse.beat())

    async def join(self, *, muted: bool = False) -> Self:
        await self.room.connect(self._url, self._token)
        await self.mouth.open(self.room, muted=muted)
        return self

    async def leave(self) -> None:
        await self.mouth.close()
        await self.room.disconnect()
        await self.ear.close()

    def heard(self, track: str) -> Loudness:
        """What the AI played on the track of this name."""
        return self.ear.of(f"ai/{track}")

    def hears(self, track: str, *, since: float = 0.0) -> bool:
        loudness = self.heard(track)
        return any(
            level > HEARD_DBFS
            for at, level in zip(reversed(loudness.at), reversed(loudness.level), strict=True)
            if at >= since
        )

    def loudest(self, track: str, *, since: float = 0.0) -> float:
        loudness = self.heard(track)
        levels = [level for at, level in zip(loudness.at, loudness.level, strict=True) if at >= since]
        return max(levels, default=float("-inf"))

    def tracks(self) -> list[str]:
        """The names of all tracks of the AI that can be seen, heard or not."""
        return [each.name for ai in self._ais() for each in ai.track_publications.values()]

    def publications(self, track: str) -> list[rtc.RemoteTrackPublication]:
        found = [each for ai in self._ais() for each in ai.track_publications.values()]
        return [each for each in found if each.name == track]

    def ai_is_there(self) -> bool:
        return bool(self._ais())

    async def until(self, what: str, holds: Callable[[], object], *, within: float = 20.0) -> None:
        await self.pulse.until(what, holds, within_s=within)

    def _ais(self) -> list[rtc.RemoteParticipant]:
        agent = rtc.ParticipantKind.PARTICIPANT_KIND_AGENT
        return [each for each in self.room.remote_participants.values() if each.kind == agent]

    def _on_track(
        self, track: rtc.Track, publication: rtc.RemoteTrackPublication, participant: rtc.RemoteParticipant
    ) -> None:
        self.subscribed.append(publication.name)
        is_ai = participant.kind == rtc.ParticipantKind.PARTICIPANT_KIND_AGENT
        if track.kind == rtc.TrackKind.KIND_AUDIO:
            self.ear.listen(track, f"{'ai' if is_ai else participant.identity}/{publication.name}")


class House:
    def __init__(
        self, livekit: LiveKit, *, providers: ScriptedProviders, api: ScriptedApi, agent_name: str
    ) -> None:
        self._agent_name = agent_name
        self.room = f"room-{uuid4().hex[:8]}"
        self.providers, self.api = providers, api
        self.livekit = livekit
        self.caller = Seat(livekit, self.room, CALLER, voice=voices.CALLER)
        self.human = Seat(livekit, self.room, MARIA, voice=voices.HUMAN)

    async def begin(self) -> None:
        """The caller joins, the AI is called in and has greeted."""
        await self.caller.join()
        async with livekit_api.LiveKitAPI(
            self.livekit.url, self.livekit.api_key, self.livekit.api_secret
        ) as api:
            await api.agent_dispatch.create_dispatch(
                livekit_api.CreateAgentDispatchRequest(
                    agent_name=self._agent_name,
                    room=self.room,
                    metadata=json.dumps({"caller_identity": CALLER}),
                )
            )
        await self.caller.until("the greeting", lambda: self.caller.hears(VOICE), within=60.0)
        await self.ai_is_quiet()

    async def ai_is_quiet(self, *, for_s: float = 1.0) -> None:
        await self.caller.until(
            "silence of the AI", lambda: self.caller.ear.quiet(f"ai/{VOICE}", for_s=for_s), within=30.0
        )

    async def caller_says(self, text: str) -> None:
        self.providers.hears.append(text)
        await self.caller.mouth.say(text)

    async def a_person_is_asked_for(self, text: str) -> None:
        await self.caller_says(text)
        async with asyncio.timeout(20):
            await self.api.asked.wait()

    async def human_joins(self, *, muted: bool) -> None:
        self.api.let_in(MARIA, "Maria")
        await self.human.join(muted=muted)

    def human_talks(self) -> float:
        """Unmute and speak, as whoever presses "Talk now" does; return when they could be heard."""
        at = time.monotonic()
        self.human.mouth.unmute()
        return at

    async def ai_leaves(self) -> None:
        await self.caller.until("the AI's leaving", lambda: not self.caller.ai_is_there(), within=20.0)


@asynccontextmanager
async def house(
    livekit: LiveKit, *, providers: ScriptedProviders, api: ScriptedApi, agent_name: str
) -> AsyncIterator[House]:
    call = House(livekit, providers=providers, api=api, agent_name=agent_name)
    try:
        yield call
    finally:
        await leave(call.human, call.caller)


async def leave(*seats: Seat) -> None:
    """A server that is stopped waits for whoever is still in a room."""
    for seat in seats:
        if seat.room.isconnected():
            await seat.leave()
