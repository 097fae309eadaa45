"""The way into LiveKit: the stack's server, and tokens for those whom nobody has to let in."""

from livekit import api as livekit_api

from local.stack.livekit_server import LiveKit
from local.stack.stack_file import StackFile


def livekit_of(stack: StackFile) -> LiveKit:
    url, key, secret = stack.livekit_url, stack.livekit_api_key, stack.livekit_api_secret
    return LiveKit(url=url, ws_url=url, api_key=key, api_secret=secret)


def token(
    livekit: LiveKit, room: str, identity: str, *, kind: livekit_api.AccessToken.ParticipantKind = "standard"
) -> str:
    grants = livekit_api.VideoGrants(room_join=True, room=room, agent=kind == "agent")
    access = livekit_api.AccessToken(livekit.api_key, livekit.api_secret).with_identity(identity)
    return access.with_kind(kind).with_grants(grants).to_jwt()
