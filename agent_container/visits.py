"""The comings and goings of a call's avatar: a participant of its own, who publishes for the AI."""

import asyncio
import logging
from typing import Any, Final

from livekit import api
from livekit.agents import AgentSession, JobContext, io
from livekit.agents.voice.avatar import AvatarSession

from agent_container.avatars import make_avatar
from agent_container.config import Avatar, Settings
from agent_container.face import Face
from agent_container.fitting import Fitting
from agent_container.mask import BARE, Mask

logger = logging.getLogger(__name__)

# With the AI's own name behind it: while one AI takes over from another, each has its avatar.
PREFIX: Final = "avatar-"
COMES_WITHIN: Final = 30.0


class Visits:
    def __init__(self, *, ctx: JobContext, wanted: Avatar, session: AgentSession[Any]) -> None:
        self.identity = PREFIX + ctx.room.local_participant.identity
        self._ctx = ctx
        self._wanted = wanted
        self._session = session
        self._avatar: AvatarSession[Any] | None = None
        self._going: set[asyncio.Task[None]] = set()
        ctx.add_shutdown_callback(self._all_over)

    async def bring(self) -> io.AudioOutput:
        """What to speak into, once the avatar is there and can be seen."""
        self._avatar = make_avatar(self._wanted, identity=self.identity)
        fitting: Any = Fitting(self._session)
        # What this job connected with is in its environment, where the plugins look for it.
        await self._avatar.start(fitting, self._ctx.room)
        await self._avatar.wait_for_join(timeout=COMES_WITHIN)
        output: io.AudioOutput | None = fitting.output.audio
        if output is None:
            raise RuntimeError("an avatar that takes no sound")
        return output

    def end(self) -> None:
        """Have LiveKit take it out of the room, which asks nobody; and tell its provider."""
        going = asyncio.create_task(self._see_off(self._avatar))
        self._avatar = None
        self._going.add(going)
        going.add_done_callback(self._going.discard)

    async def _see_off(self, avatar: AvatarSession[Any] | None) -> None:
        steps = [self._remove(), *([avatar.aclose()] if avatar else [])]
        for failure in await asyncio.gather(*steps, return_exceptions=True):
            if failure:
                # It may have left by itself; and what stays behind, the API removes.
                logger.info("the avatar was not seen off", extra={"error": type(failure).__name__})

    async def _remove(self) -> None:
        await self._ctx.api.room.remove_participant(
            api.RoomParticipantIdentity(room=self._ctx.room.name, identity=self.identity)
        )

    async def _all_over(self) -> None:
        if self._going:
            await asyncio.wait(self._going)


def face_for(*, ctx: JobContext, settings: Settings, session: AgentSession[Any]) -> Mask:
    if settings.avatar is None:
        return BARE
    visits = Visits(ctx=ctx, wanted=settings.avatar, session=session)
    return Face(room=ctx.room, session=session, visits=visits)
