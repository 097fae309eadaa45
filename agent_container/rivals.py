"""Never two AIs: whoever came into the room first stays."""

import asyncio
from datetime import UTC, datetime

from livekit import rtc
from livekit.agents.types import ATTRIBUTE_AGENT_NAME

from agent_container.presence import AGENT_PREFIX

# A dead AI is removed before its successor is called, but the room may tell us of it a little later.
GONE_WITHIN = 1.5

_UNKNOWN = datetime.min.replace(tzinfo=UTC)


async def another_ai_stays(room: rtc.Room, *, agent_name: str, replaced: str = "") -> bool:
    """Whether this room has an AI that came before us, and neither is just being removed nor waits for us."""
    changed = asyncio.Event()

    def on_gone(_participant: rtc.RemoteParticipant) -> None:
        changed.set()

    room.on("participant_disconnected", on_gone)
    try:
        async with asyncio.timeout(GONE_WITHIN):
            while has_earlier_ai(room, agent_name=agent_name, replaced=replaced):
                changed.clear()
                await changed.wait()
    except TimeoutError:
        return True
    finally:
        room.off("participant_disconnected", on_gone)
    return False


def has_earlier_ai(room: rtc.Room, *, agent_name: str, replaced: str = "") -> bool:
    us = _arrival(room.local_participant)
    others = [one for one in room.remote_participants.values() if one.identity != replaced]
    return any(is_ai(other, agent_name) and _arrival(other) < us for other in others)


def is_ai(participant: rtc.RemoteParticipant, agent_name: str) -> bool:
    return (
        participant.kind == rtc.ParticipantKind.PARTICIPANT_KIND_AGENT
        and participant.identity.startswith(AGENT_PREFIX)
        and participant.attributes.get(ATTRIBUTE_AGENT_NAME, agent_name) == agent_name
    )


def _arrival(participant: rtc.Participant) -> tuple[datetime, str]:
    """Two that came in the same instant see each other: the identity decides, the same way for both."""
    return (participant.joined_at or _UNKNOWN, participant.identity)
