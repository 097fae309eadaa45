"""Tells the human agent what the call is about, unheard by the caller, until the human talks themselves."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Final

from livekit import rtc
from livekit.agents import tts

from agent_container import prompts
from agent_container.audience import Audience
from agent_container.brief import Brief
from agent_container.exit_ports import Presence
from agent_container.presence import is_human_agent
from agent_container.private_chat import Confirmed
from agent_container.sound_track import Sound, SoundTrack

logger = logging.getLogger(__name__)

TRACK: Final = "handoff_briefing"


class PrivateBriefing:
    """Its track is silenced from outside, too: by whatever makes the AI fall silent."""

    def __init__(
        self,
        *,
        room: rtc.Room,
        track: SoundTrack,
        voice: tts.TTS[Any],
        presence: Presence,
        confirmation: Confirmed,
        brief: Callable[[], Brief],
        awaited: Callable[[], bool],
    ) -> None:
        self._track = track
        self._voice = voice
        self._presence = presence
        self._confirmation = confirmation
        self._brief = brief
        self._awaited = awaited
        self._audience = Audience(room, private=TRACK)
        self._told: set[str] = set()
        self._telling: asyncio.Task[None] | None = None
        room.on("track_subscribed", self._on_track)
        room.on("track_unmuted", self._on_unmuted)
        room.on("participant_disconnected", self._on_gone)
        room.on("reconnecting", self._track.stop)

    def _on_track(
        self, _track: rtc.Track, publication: rtc.RemoteTrackPublication, participant: rtc.RemoteParticipant
    ) -> None:
        if not publication.muted or not is_human_agent(identity := participant.identity):
            return
        if identity not in self._told and (self._telling is None or self._telling.done()):
            self._told.add(identity)
            self._telling = asyncio.create_task(self._tell(identity))

    def _on_unmuted(self, participant: rtc.Participant, _publication: rtc.TrackPublication) -> None:
        if participant.identity in self._told:
            self._track.stop()

    def _on_gone(self, participant: rtc.RemoteParticipant) -> None:
        if participant.identity in self._told:
            self._told.discard(participant.identity)
            self._track.stop()

    async def _tell(self, identity: str) -> None:
        if await self._confirmation.name_of(identity) is None or not self._may_tell(identity):
            return
        logger.info("a human is told what the call is about", extra={"human_identity": identity})
        words = prompts.BRIEFING.format(brief=self._brief().in_short())
        self._audience.only(identity)
        try:
            await asyncio.wait({self._track.play(self._spoken(words))})
            await self._track.withdraw()
        finally:
            self._audience.everybody()

    def _may_tell(self, identity: str) -> bool:
        return identity in self._told and self._awaited() and not self._presence.is_heard(identity)

    async def _spoken(self, words: str) -> Sound:
        async with self._voice.synthesize(words) as speech:
            async for piece in speech:
                yield piece.frame
