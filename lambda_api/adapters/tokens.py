"""Mints LiveKit join tokens with PyJWT: one room, a microphone and typed lines at most, sixty seconds."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import jwt
from msgspec import Struct

from lambda_api.config.livekit_keys import LiveKitKeys

TTL = timedelta(seconds=60)
MEET = "https://meet.livekit.io/custom"


class JoinToken(Struct, frozen=True, kw_only=True):
    """What opens the room, for whom and until when it does."""

    token: str
    identity: str
    room: str
    livekit_url: str
    expires_at: datetime

    @property
    def meet_url(self) -> str:
        return f"{MEET}?{urlencode({'liveKitUrl': self.livekit_url, 'token': self.token})}"


class TokenMinter:
    """Says every grant out loud: what is left unsaid, LiveKit allows."""

    def __init__(self, *, keys: Callable[[], LiveKitKeys], now: Callable[[], datetime]) -> None:
        self._keys = keys
        self._now = now

    def human_agent(self, *, room: str, identity: str, name: str, attributes: Mapping[str, str]) -> JoinToken:
        grants = _grants(room, may_speak=True, hidden=False)
        return self._mint(identity, name, grants, {"attributes": dict(attributes)})

    def observer(self, *, room: str, identity: str, name: str) -> JoinToken:
        return self._mint(identity, name, _grants(room, may_speak=False, hidden=True), {})

    def caller(self, *, room: str, identity: str, name: str, agent_name: str, metadata: str) -> JoinToken:
        """Mint the one token that also brings the agent into the room."""
        agents = [{"agentName": agent_name, "metadata": metadata}]
        grants = _grants(room, may_speak=True, hidden=False)
        return self._mint(identity, name, grants, {"roomConfig": {"agents": agents}})

    def _mint(self, identity: str, name: str, grants: dict[str, Any], more: dict[str, Any]) -> JoinToken:
        keys, now = self._keys(), self._now().astimezone(UTC).replace(microsecond=0)
        claims = {
            "iss": keys.api.name,
            "sub": identity,
            "nbf": now,
            "exp": now + TTL,
            "video": grants,
            **more,
        }
        if name:
            claims["name"] = name
        return JoinToken(
            token=jwt.encode(claims, keys.api.secret, algorithm="HS256"),
            identity=identity,
            room=grants["room"],
            livekit_url=keys.ws_url,
            expires_at=now + TTL,
        )


def _grants(room: str, *, may_speak: bool, hidden: bool) -> dict[str, Any]:
    return {
        "roomJoin": True,
        "room": room,
        "canPublish": may_speak,
        "canPublishSources": ["microphone"] if may_speak else [],
        "canSubscribe": True,
        "canPublishData": may_speak,  # typed lines; whoever gets data believes its sender, not its words
        "canUpdateOwnMetadata": False,
        "hidden": hidden,
    }
