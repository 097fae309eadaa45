"""Who is in a room, as LiveKit lists them and in the domain's words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lambda_api.adapters.livekit_client import ask
from lambda_api.escalations.rooms import Participant, ParticipantKind

if TYPE_CHECKING:
    from livekit.api import LiveKitAPI, ParticipantInfo


async def participants_of(api: LiveKitAPI, room: str) -> list[ParticipantInfo]:
    from livekit.api import ListParticipantsRequest, ListParticipantsResponse

    request = ListParticipantsRequest(room=room)
    nobody = ListParticipantsResponse()
    answer = await ask(api, lambda api: api.room.list_participants(request), room=room, absent=nobody)
    return list(answer.participants)


def participant(info: ParticipantInfo) -> Participant:
    kinds = {info.STANDARD: ParticipantKind.STANDARD, info.AGENT: ParticipantKind.AGENT}
    return Participant(
        identity=info.identity,
        sid=info.sid,
        kind=kinds.get(info.kind, ParticipantKind.OTHER),
        active=info.state == info.ACTIVE,
        joined_at=datetime.fromtimestamp(info.joined_at_ms / 1000, UTC) if info.joined_at_ms else None,
        audio_heard=any(track.type == 0 and not track.muted for track in info.tracks),
        name=info.name,
        phone=info.attributes.get("sip.phoneNumber", "") if info.kind == info.SIP else "",
        behalf_of=behalf_of(info),
    )


def behalf_of(info: ParticipantInfo) -> str:
    """The agent whose avatar this is; whoever is no agent may say what they like of themselves."""
    return info.attributes.get("lk.publish_on_behalf", "") if info.kind == info.AGENT else ""
