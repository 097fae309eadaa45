"""Join URLs and join tokens on the wire."""

from typing import Self

from lambda_api.adapters.tokens import JoinToken
from lambda_api.escalations.claiming import Seat
from lambda_api.escalations.models import Role
from lambda_api.schemas.fields import Answer, Identity, Name, Room, Strict, TimeOut


class JoinUrlIn(Strict):
    """Somebody is to join a room."""

    room: Room
    role: Role
    name: Name | None = None
    identity: Identity | None = None


class JoinUrlOut(Answer):
    """Two ways into the room: our page, and LiveKit Meet with a token that lives a minute."""

    url: str
    meet_url: str
    token: str
    identity: str
    role: Role
    room: str
    expires_at: TimeOut

    @classmethod
    def of(cls, seat: Seat, join: JoinToken, *, public_url: str) -> Self:
        return cls(
            url=f"{public_url}/j/{seat.code}",
            meet_url=join.meet_url,
            token=join.token,
            identity=join.identity,
            role=seat.role,
            room=join.room,
            expires_at=join.expires_at,
        )


class ClaimedOut(Answer):
    """What the page that was pressed needs to join."""

    livekit_url: str
    token: str
    room: str
    identity: str
    name: str
    meet_url: str
    escalation_id: str | None
    expires_at: TimeOut

    @classmethod
    def of(cls, seat: Seat, join: JoinToken) -> Self:
        return cls(
            livekit_url=join.livekit_url,
            token=join.token,
            room=join.room,
            identity=join.identity,
            name=seat.name,
            meet_url=join.meet_url,
            escalation_id=seat.escalation_id,
            expires_at=join.expires_at,
        )
