"""An AI without ears and mind in a real room: its tracks, its latch, its music and its briefing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self

import numpy as np
from livekit import api as livekit_api
from livekit import rtc

from agent_container import hold_music, private_briefing
from agent_container.brief import Brief
from agent_container.confirmation import Confirmation
from agent_container.exit_latch import ExitLatch
from agent_container.hold_music import HoldMusic
from agent_container.phase import Phase
from agent_container.presence import RoomPresence
from agent_container.private_briefing import PrivateBriefing
from agent_container.signals import listen_for_humans
from agent_container.sound_track import Sound, SoundTrack, frames_of
from agent_container.transfer import Call, Transfer
from agent_container.voice import SessionVoice
from local.stack.livekit_server import LiveKit
from tests.integration.worker.rooms import CALLER, VOICE
from tests.unit.agent_container.fakes import FakeApi, FakeClaims, FakeDeparture, FakeSession
from tests.unit.agent_container.talking import Humming

AGENT = "agent-AJ_1"
RATE = 24_000


class BareAi:
    def __init__(self, room_name: str) -> None:
        self.room, self.session, self.departure = rtc.Room(), FakeSession(), FakeDeparture()
        self.words = Humming(seconds=60.0)
        self._voice = SoundTrack(self.room, name=VOICE)
        self._music = SoundTrack(self.room, name=hold_music.TRACK)
        self._whisper = SoundTrack(self.room, name=private_briefing.TRACK)
        call = Call(room=room_name, room_sid="", caller_identity=CALLER, agent_identity=AGENT)
        presence = RoomPresence(self.room)
        confirmation = Confirmation(claims=FakeClaims(), presence=presence)
        self.latch = ExitLatch(
            presence=presence,
            voice=SessionVoice(self.session.as_session, self._music, self._whisper),
            confirmation=confirmation,
            departure=self.departure,
            farewell=False,
        )
        listen_for_humans(
            room=self.room,
            latch=self.latch,
            presence=presence,
            confirmation=confirmation,
            transfer=Transfer(api=FakeApi(), call=call),
            ways={"room"},
        )
        HoldMusic(
            session=self.session.as_session,
            track=self._music,
            waiting=lambda: self.latch.phase is Phase.HELPING,
        )
        self._briefing = PrivateBriefing(
            room=self.room,
            track=self._whisper,
            voice=self.words,
            presence=presence,
            confirmation=confirmation,
            brief=lambda: Brief(summary="A wrong bill.", lines=(), transcript=()),
            awaited=lambda: self.latch.phase in (Phase.HELPING, Phase.PAUSED),
        )

    async def join(self, livekit: LiveKit, room: str) -> Self:
        token = livekit_api.AccessToken(livekit.api_key, livekit.api_secret).with_identity(AGENT)
        grants = livekit_api.VideoGrants(room_join=True, room=room, agent=True)
        await self.room.connect(livekit.url, token.with_kind("agent").with_grants(grants).to_jwt())
        return self

    def speaks(self) -> None:
        """For as long as nobody stops it."""
        self._voice.play(_a_tone())

    async def leave(self) -> None:
        """Silent first, as a session is: what still negotiates would outlive the room."""
        for track in (self._voice, self._music, self._whisper):
            track.stop()
        if self._briefing._telling:
            await asyncio.wait({self._briefing._telling})
        await self.room.disconnect()

    def waits(self) -> None:
        """Nobody speaks from now on."""
        self.session.emit("agent_state_changed", None)


async def _a_tone() -> Sound:
    at = np.arange(RATE) / RATE
    second = (np.sin(2 * np.pi * 220 * at) * 8_000).astype("<i2").tobytes()
    while True:
        async for frame in frames_of(second, rate=RATE):
            yield frame


@asynccontextmanager
async def bare_ai(livekit: LiveKit, room: str) -> AsyncIterator[BareAi]:
    ai = await BareAi(room).join(livekit, room)
    try:
        yield ai
    finally:
        await ai.leave()
