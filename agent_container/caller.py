"""The caller: who they are, and what their leaving means."""

import asyncio
from collections.abc import Callable

from livekit import rtc

from agent_container.dispatch import may_be_caller
from agent_container.newcomers import somebody

# A caller whose network failed may come back, and must not find the room without an AI.
GRACE = 10.0

_KINDS = frozenset(
    {
        rtc.ParticipantKind.PARTICIPANT_KIND_STANDARD,
        rtc.ParticipantKind.PARTICIPANT_KIND_SIP,
        rtc.ParticipantKind.PARTICIPANT_KIND_CONNECTOR,
    }
)
_ON_PURPOSE = frozenset(
    {
        rtc.DisconnectReason.CLIENT_INITIATED,
        rtc.DisconnectReason.ROOM_DELETED,
        rtc.DisconnectReason.USER_REJECTED,
        rtc.DisconnectReason.PARTICIPANT_REMOVED,
    }
)


async def find_caller(room: rtc.Room) -> str:
    """The first participant who can be a caller, now or as soon as one joins."""
    return (await somebody(room, _can_be_caller)).identity


def _can_be_caller(participant: rtc.RemoteParticipant) -> bool:
    return participant.kind in _KINDS and may_be_caller(participant.identity)


class CallerWatch:
    def __init__(
        self, *, room: rtc.Room, identity: str, hang_up: Callable[[], None], grace: float = GRACE
    ) -> None:
        self._identity = identity
        self._hang_up = hang_up
        self._grace = grace
        self._timer: asyncio.TimerHandle | None = None
        self.left = False
        room.on("participant_disconnected", self._on_disconnected)
        room.on("participant_connected", self._on_connected)

    def _on_disconnected(self, participant: rtc.RemoteParticipant) -> None:
        reason = participant.disconnect_reason
        if participant.identity != self._identity or reason == rtc.DisconnectReason.DUPLICATE_IDENTITY:
            return
        self.left = True
        if reason in _ON_PURPOSE:
            self._hang_up()
        else:
            self._timer = asyncio.get_running_loop().call_later(self._grace, self._hang_up)

    def _on_connected(self, participant: rtc.RemoteParticipant) -> None:
        if participant.identity == self._identity:
            self.left = False
            if self._timer:
                self._timer.cancel()
