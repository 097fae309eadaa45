"""Waits until a room knows of somebody: LiveKit tells of who publishes nothing only every three seconds."""

import asyncio
from collections.abc import Callable

from livekit import rtc


async def somebody(room: rtc.Room, fits: Callable[[rtc.RemoteParticipant], bool]) -> rtc.RemoteParticipant:
    """The first participant who fits, now or as soon as one is known; for as long as the caller waits."""
    found: asyncio.Future[rtc.RemoteParticipant] = asyncio.get_running_loop().create_future()

    def look_at(participant: rtc.RemoteParticipant) -> None:
        if not found.done() and fits(participant):
            found.set_result(participant)

    room.on("participant_connected", look_at)
    try:
        for participant in tuple(room.remote_participants.values()):
            look_at(participant)
        return await found
    finally:
        room.off("participant_connected", look_at)
