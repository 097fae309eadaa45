"""What an actor sees and reads of everybody in its room, told sign by sign."""

import asyncio
from collections.abc import Callable

from livekit import rtc

from local.rehearsal.clock import now
from local.rehearsal.guest import role_of
from local.rehearsal.messages import Message, Overheard, Sign

_TRANSCRIPTION = "lk.transcription"


class Watch:
    """Registered before the room is joined, so that it misses nobody."""

    def __init__(self, *, room: rtc.Room, owner: str, tell: Callable[[Message], None]) -> None:
        self._room, self._owner, self._tell = room, owner, tell
        self._reading: set[asyncio.Task[None]] = set()
        room.on("participant_connected", lambda participant: self._sign(participant, "joined"))
        room.on("participant_disconnected", lambda participant: self._sign(participant, "gone"))
        room.on("track_subscribed", self._subscribed)
        room.on("track_unmuted", lambda participant, _: self._sign(participant, "audible"))
        room.on("track_muted", lambda participant, _: self._sign(participant, "inaudible"))
        room.on("track_unsubscribed", lambda _t, _p, participant: self._sign(participant, "inaudible"))
        room.register_text_stream_handler(_TRANSCRIPTION, self._on_words)

    def _sign(self, participant: rtc.Participant, sign: str) -> None:
        if participant.identity != self._room.local_participant.identity:
            role = role_of(participant)
            self._tell(Sign(self._owner, participant.identity, role, sign, round(now(), 4)))

    def _subscribed(
        self, track: rtc.Track, publication: rtc.RemoteTrackPublication, participant: rtc.RemoteParticipant
    ) -> None:
        if track.kind == rtc.TrackKind.KIND_AUDIO and not publication.muted:
            self._sign(participant, "audible")

    def _on_words(self, reader: rtc.TextStreamReader, identity: str) -> None:
        participant = self._room.remote_participants.get(identity)
        role = role_of(participant) if participant else self._owner
        task = asyncio.create_task(self._read(reader, role))
        self._reading.add(task)
        task.add_done_callback(self._reading.discard)

    async def _read(self, reader: rtc.TextStreamReader, role: str) -> None:
        """Words come beside the voice: all of a sentence that was said until now, again and again."""
        text = ""
        async for words in reader:
            text += words
            self._tell(Overheard(self._owner, role, text, round(now(), 4)))
