"""What an AI finds when it comes into a call: whether it may stay, and what was said before it came."""

from livekit import rtc

from agent_container.confirmation import Confirmation
from agent_container.dispatch import Dispatch
from agent_container.errors import StillHelpingError
from agent_container.presence import RoomPresence
from agent_container.recall import NOTHING, Recollection, Records, recall
from agent_container.rivals import another_ai_stays
from agent_container.takeover import take_over


class NotNeededError(Exception):
    """Somebody else has the call."""


class Arrival:
    def __init__(
        self,
        *,
        room: rtc.Room,
        dispatch: Dispatch,
        presence: RoomPresence,
        confirmation: Confirmation,
        agent_name: str,
    ) -> None:
        self._room = room
        self._dispatch = dispatch
        self._presence = presence
        self._confirmation = confirmation
        self._agent_name = agent_name

    async def past(self, api: Records) -> Recollection | None:
        """None for a call that begins; raises when it is none of ours."""
        leaving = self._dispatch.replaces
        if await another_ai_stays(self._room, agent_name=self._agent_name, replaced=leaving):
            raise NotNeededError("another AI is already in the call")
        if await self._human_is_here():
            raise NotNeededError("a human is already in the call")
        known = await self._recalled(api)
        return await self._handed(known) if leaving else known

    async def _recalled(self, api: Records) -> Recollection | None:
        if not self._dispatch.resume:
            return None
        return await recall(api=api, dispatch=self._dispatch, room=self._room.name)

    async def _handed(self, known: Recollection | None) -> Recollection:
        """Asked for last: from its answer on, the AI before us is silent."""
        try:
            lines = await take_over(self._room, self._dispatch.replaces)
        except StillHelpingError as error:
            raise NotNeededError(str(error)) from error
        past = known or NOTHING
        return past if lines is None else past.handed(lines)

    async def _human_is_here(self) -> bool:
        """Asks about everybody: one who has given the call back must not silence our first words."""
        for identity in self._presence.humans():
            if await self._confirmation.name_of(identity) and self._presence.is_heard(identity):
                return True
        return False
