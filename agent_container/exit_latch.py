"""The exit latch: silent the moment a human can be heard, gone once confirmed, back when it was not so."""

import asyncio
import logging
from collections.abc import Coroutine

from agent_container import prompts
from agent_container.confirmation import Confirmation
from agent_container.exit_ports import Departure, Presence, Voice, Way
from agent_container.phase import Phase

logger = logging.getLogger(__name__)

PAUSE = 3.0


class ExitLatch:
    """Signals are plain synchronous calls; they may come late, doubled, swapped or never: the first wins."""

    def __init__(
        self,
        *,
        presence: Presence,
        voice: Voice,
        confirmation: Confirmation,
        departure: Departure,
        farewell: bool,
    ) -> None:
        self._presence = presence
        self._voice = voice
        self._confirmation = confirmation
        self._departure = departure
        self._farewell = farewell
        self._phase = Phase.HELPING
        self._human = ""
        self._course: asyncio.Task[None] | None = None
        self._told: set[str] = set()

    @property
    def phase(self) -> Phase:
        return self._phase

    @property
    def human(self) -> str:
        """The human for whom the AI pauses, leaves or has left."""
        return self._human

    def announce(self, text: str) -> None:
        """Say something unless the floor belongs to a human."""
        if self._phase is Phase.HELPING:
            self._voice.announce(text)

    def expect(self, identity: str) -> None:
        """Somebody is on the way in: have them confirmed before they can be heard."""
        self._confirmation.expect(identity)

    def there(self, identity: str, *, way: Way) -> None:
        if self._presence.is_heard(identity):
            self.heard(identity, way=way)
        elif self._phase is Phase.HELPING and self._may_pause_for(identity):
            self._follow(Phase.PAUSED, identity, self._wait_until_heard(identity, way))

    def heard(self, identity: str, *, way: Way) -> None:
        if self._presence.is_muted(identity):
            # The server's word is older than what the room shows.
            return self.there(identity, way=way)
        if self._phase in (Phase.HELPING, Phase.PAUSED) and not self._confirmation.is_refused(identity):
            self._follow(Phase.LEAVING, identity, self._hand_over(identity, way))
        return None

    def muted(self, identity: str) -> None:
        if self._phase is Phase.LEAVING and identity == self._human and not self._presence.is_heard(identity):
            self._follow(Phase.PAUSED, identity, self._wait_until_heard(identity, "room"))

    def gone(self, identity: str) -> None:
        name = self._confirmation.forget(identity)
        if not self._waits_for(identity) and identity not in self._told:
            return
        self._told.discard(identity)
        if self._waits_for(identity):
            self._stop_course()
            self._help_again()
        self._hear_others()
        if name:
            self.announce(prompts.HUMAN_GONE.format(name=name))

    def step_aside(self) -> bool:
        """Fall silent for another AI, or for good; false when a human is about to take over."""
        if self._phase is not Phase.HELPING:
            return False
        self._voice.silence()
        self._phase = Phase.ASIDE
        return True

    def step_back(self) -> None:
        """The other AI did not come."""
        if self._phase is Phase.ASIDE:
            self._help_again()
            self._hear_others()

    async def _wait_until_heard(self, identity: str, way: Way) -> None:
        deadline = asyncio.get_running_loop().time() + PAUSE
        name = await self._confirmation.name_of(identity)
        if name is None:
            return self._help_unless_others_can(but=identity)
        await asyncio.sleep(deadline - asyncio.get_running_loop().time())
        if self._presence.is_heard(identity):
            return self.heard(identity, way=way)
        self._help_unless_others_can(but=identity)
        if self._phase is Phase.HELPING:
            self._told.add(identity)
            self.announce(prompts.JOINING_MUTED.format(name=name))
        return None

    async def _hand_over(self, identity: str, way: Way) -> None:
        name = await self._confirmation.name_of(identity)
        if name is None:
            return self._help_unless_others_can(but=identity)
        logger.info("a human can be heard", extra={"human_identity": identity, "way": way})
        if self._farewell:
            await self._voice.farewell(prompts.FAREWELL.format(name=name))
        self._phase = Phase.GONE
        return await self._departure.leave(human_identity=identity, way=way)

    def _help_unless_others_can(self, *, but: str) -> None:
        """Whoever was heard while the AI was busy with this one has signalled already and does not again."""
        self._help_again()
        self._hear_others(but=but)

    def _hear_others(self, *, but: str = "") -> None:
        """Whoever was refused must not stand in front of somebody who was not."""
        refused = self._confirmation.is_refused
        others = (one for one in self._presence.heard_humans() if one != but and not refused(one))
        if other := next(others, None):
            self.heard(other, way="room")

    def _may_pause_for(self, identity: str) -> bool:
        return identity not in self._told and not self._confirmation.is_refused(identity)

    def _waits_for(self, identity: str) -> bool:
        return self._phase in (Phase.PAUSED, Phase.LEAVING) and identity == self._human

    def _help_again(self) -> None:
        self._phase, self._human = Phase.HELPING, ""
        self._voice.resume()

    def _follow(self, phase: Phase, identity: str, course: Coroutine[None, None, None]) -> None:
        # Silence comes before anything that can wait: the caller must not hear two voices at once.
        self._voice.silence()
        if phase is Phase.LEAVING:
            self._voice.unmask()
        self._stop_course()
        self._phase, self._human = phase, identity
        self._course = asyncio.create_task(course)
        self._course.add_done_callback(self._when_course_ends)

    def _stop_course(self) -> None:
        if self._course:
            self._course.cancel()

    def _when_course_ends(self, course: asyncio.Task[None]) -> None:
        if course.cancelled() or (failure := course.exception()) is None:
            return
        logger.error("the exit failed", exc_info=failure)
        if self._phase is not Phase.GONE:
            # Better two voices than none.
            self._help_again()
