"""Plays recorded sentences into the room."""

from collections.abc import Callable

from livekit import rtc

from agent_container import clips
from agent_container.sound_track import SoundTrack, frames_of


class ClipPlayer:
    def __init__(self, room: rtc.Room, *, load: Callable[[str], bytes] = clips.load) -> None:
        self._load = load
        self._track = SoundTrack(room, name="handoff_clips")

    def play(self, name: str) -> None:
        """Begin to play it, in place of what is played now."""
        self._track.play(frames_of(self._load(name), rate=clips.RATE))

    def stop(self) -> None:
        self._track.stop()
