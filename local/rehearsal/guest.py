"""A guest in a room: joins, opens its microphone at once, notes who comes, can be heard and goes."""

import asyncio
import time
from collections.abc import Callable

from livekit import rtc

from local.rehearsal.ear import Ear
from local.rehearsal.mouth import Mouth
from local.rehearsal.patience import Pulse

Saw = Callable[[str, str, float], None]
HUMAN_PREFIX = "human-agent-"


def role_of(participant: rtc.Participant) -> str:
    if participant.kind == rtc.ParticipantKind.PARTICIPANT_KIND_AGENT:
        return "avatar" if participant.attributes.get("lk.publish_on_behalf") else "ai"
    return "human" if participant.identity.startswith(HUMAN_PREFIX) else "caller"


def speaker_of(participant: rtc.Participant) -> str:
    """An avatar speaks the AI's words."""
    role = role_of(participant)
    return "ai" if role == "avatar" else role


class Guest:
    """What one participant sees; `saw` gets a role and joined, active, published, heard, muted or gone."""

    def __init__(
        self, *, ear: Ear, mouth: Mouth, pulse: Pulse, saw: Saw, room: rtc.Room | None = None
    ) -> None:
        self._ear, self._mouth, self._pulse, self._saw = ear, mouth, pulse, saw
        self._signs: dict[tuple[str, str], float] = {}
        self._room = room or rtc.Room()
        self._joining: asyncio.Task[None] | None = None
        self._watch()

    async def join(self, url: str, token: str, *, muted: bool = False) -> float:
        # Goes on when nobody waits any more: LiveKit's library ends a process that leaves off in the middle.
        self._joining = asyncio.create_task(self._room.connect(url, token))
        await asyncio.shield(self._joining)
        joined = time.monotonic()
        await self._mouth.open(self._room, muted=muted)
        return joined

    async def writes(self, text: str, *, topic: str) -> None:
        await self._room.local_participant.send_text(text, topic=topic)

    async def leave(self) -> None:
        await self._mouth.close()
        if self._joining:
            await asyncio.wait({self._joining})
            self._joining.exception()  # whoever waited for it has it, or called it off
        await self._room.disconnect()
        await self._ear.close()

    def when(self, role: str, sign: str) -> float | None:
        """When this sign of this role was last seen, if it was."""
        return self._signs.get((role, sign))

    def attributes(self, role: str) -> dict[str, str]:
        for participant in self._room.remote_participants.values():
            if role_of(participant) == role:
                return dict(participant.attributes)
        return {}

    def _note(self, participant: rtc.Participant, sign: str) -> None:
        at, role = time.monotonic(), role_of(participant)
        self._signs[(role, sign)] = at
        self._saw(role, sign, at)
        self._pulse.beat()

    def _watch(self) -> None:
        self._room.on("participant_connected", lambda participant: self._note(participant, "joined"))
        self._room.on("participant_active", lambda participant: self._note(participant, "active"))
        self._room.on("participant_disconnected", lambda participant: self._note(participant, "gone"))
        self._room.on("track_published", self._published)
        self._room.on("track_subscribed", self._subscribed)
        self._room.on("track_unmuted", lambda participant, _: self._note(participant, "heard"))
        self._room.on("track_muted", lambda participant, _: self._note(participant, "muted"))

    def _published(self, publication: rtc.RemoteTrackPublication, participant: rtc.RemoteParticipant) -> None:
        """Ahead of being heard by as long as a subscription takes."""
        if publication.kind == rtc.TrackKind.KIND_AUDIO and not publication.muted:
            self._note(participant, "published")

    def _subscribed(
        self, track: rtc.Track, publication: rtc.RemoteTrackPublication, participant: rtc.RemoteParticipant
    ) -> None:
        if track.kind != rtc.TrackKind.KIND_AUDIO:
            return
        if not publication.muted:
            self._note(participant, "heard")
        self._ear.listen(track, speaker_of(participant))
