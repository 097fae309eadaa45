"""An avatar without a key: a participant of its own that shows the AI's voice as a wave while it speaks."""

import asyncio
import os
from typing import Any, Final

from livekit import api, rtc
from livekit.agents import AgentSession
from livekit.agents.types import ATTRIBUTE_PUBLISH_ON_BEHALF
from livekit.agents.voice.avatar import (
    AvatarOptions,
    AvatarRunner,
    DataStreamAudioOutput,
    DataStreamAudioReceiver,
)
from livekit.agents.voice.avatar import AvatarSession as PluginsAvatarSession

from agent_container.wave_picture import FPS, HEIGHT, WIDTH, Wave

RATE: Final = 24_000
_OPTIONS = AvatarOptions(
    video_width=WIDTH, video_height=HEIGHT, video_fps=FPS, audio_sample_rate=RATE, audio_channels=1
)


class AvatarSession(PluginsAvatarSession[Any]):
    """As those of the plugins are: what they ask a provider's machine to do, this one does here."""

    def __init__(self, *, avatar_participant_identity: str, place: rtc.Room | None = None) -> None:
        super().__init__()
        self._identity = avatar_participant_identity
        self._place = place or rtc.Room()
        self._entering: asyncio.Task[None] | None = None
        self._runner: AvatarRunner | None = None

    @property
    def avatar_identity(self) -> str:
        return self._identity

    @property
    def provider(self) -> str:
        return "wave"

    async def start(self, agent_session: AgentSession[Any], room: rtc.Room) -> None:
        await super().start(agent_session, room)
        speaker = room.local_participant.identity
        token = (
            api.AccessToken()
            .with_kind("agent")
            .with_identity(self._identity)
            .with_name("Assistant")
            .with_grants(api.VideoGrants(room_join=True, room=room.name))
            .with_attributes({ATTRIBUTE_PUBLISH_ON_BEHALF: speaker})
            .to_jwt()
        )
        await self._enter(token)
        self._runner = await self._running(speaker)
        agent_session.output.replace_audio_tail(
            DataStreamAudioOutput(
                room,
                destination_identity=self._identity,
                sample_rate=RATE,
                wait_remote_track=rtc.TrackKind.KIND_VIDEO,
                wait_playback_start=True,
            )
        )

    async def _enter(self, token: str) -> None:
        """To the end, also when called off: LiveKit's library ends a process that stops in the middle."""
        options = rtc.RoomOptions(auto_subscribe=False)
        self._entering = asyncio.create_task(self._place.connect(os.environ["LIVEKIT_URL"], token, options))
        await asyncio.shield(self._entering)

    async def _running(self, speaker: str) -> AvatarRunner:
        ears = DataStreamAudioReceiver(self._place, sender_identity=speaker, frame_size_ms=1000 // FPS)
        runner = AvatarRunner(self._place, audio_recv=ears, video_gen=Wave(), options=_OPTIONS)
        await runner.start()
        return runner

    async def aclose(self) -> None:
        if self._runner:
            runner, self._runner = self._runner, None
            await runner.aclose()
        if self._entering:
            await asyncio.wait({self._entering})
            self._entering.exception()  # whoever waited for it has it, or called it off
        await self._place.disconnect()
        await super().aclose()
