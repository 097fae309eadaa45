"""Somebody who is in the room and has no business there, with an open microphone."""

import asyncio
import secrets
from contextlib import suppress
from datetime import timedelta
from types import TracebackType
from typing import Final, Self

from livekit import rtc
from livekit.api import AccessToken, VideoGrants
from livekit.rtc.participant import PublishTrackError

from local.rehearsal.clock import now
from local.rehearsal.guest import HUMAN_PREFIX
from local.rehearsal.solo import Solo
from local.stack.stack_file import StackFile

_PATIENCE_S: Final = 4.0
_LEAVES_WITHIN_S: Final = 30.0  # joining has its own deadlines, and is not left off in the middle


class Intruder:
    """Is there as long as nobody removes it."""

    def __init__(self, stack: StackFile, token: str) -> None:
        self.came = 0.0
        self._solo, self._stack, self._token = Solo(), stack, token

    async def __aenter__(self) -> Self:
        self.came = now()
        with suppress(TimeoutError, rtc.ConnectError, PublishTrackError):
            async with asyncio.timeout(_PATIENCE_S):
                # Whoever is removed at once waits in vain for its microphone to be taken, or is told so.
                await self._solo.guest.join(self._stack.livekit_url, self._token)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(_LEAVES_WITHIN_S):
                await self._solo.guest.leave()


def impostor_token(stack: StackFile, room: str) -> tuple[str, str]:
    """Whoever has LiveKit's key can bear any name; the row knows nothing of this one."""
    identity = f"{HUMAN_PREFIX}{secrets.token_hex(4)}"
    token = AccessToken(stack.livekit_api_key, stack.livekit_api_secret).with_identity(identity)
    granted = token.with_grants(VideoGrants(room_join=True, room=room)).with_ttl(timedelta(seconds=60))
    return identity, granted.to_jwt()
