"""An actor that does what it is told: joins with its token, says each line, leaves."""

from livekit import rtc

from local.rehearsal.backstage import Backstage
from local.rehearsal.clock import now
from local.rehearsal.guest import Guest
from local.rehearsal.messages import Cue
from local.rehearsal.mouth import Mouth
from local.rehearsal.scenarios.watch import Watch

_LONGEST_S = 600


class Puppet:
    """One participant with a microphone that is open from the first moment."""

    def __init__(self, stage: Backstage, *, voice: str) -> None:
        self._stage, self._room = stage, rtc.Room()
        self._mouth = Mouth(owner=stage.actor, voice=voice, tell=stage.tell)
        self._guest = Guest(
            ear=stage.ear(), mouth=self._mouth, pulse=stage.pulse, saw=_unseen, room=self._room
        )
        # Kept: a room does not hold the one who watches it.
        self._watch = Watch(room=self._room, owner=stage.actor, tell=stage.tell)

    async def play(self) -> None:
        try:
            joined = await self._guest.join(self._stage.stack().livekit_url, self._stage.part.token)
            self._stage.moment(f"{self._stage.actor}_joined", joined)
            while (cue := await self._next()).name == "say":
                await self._mouth.say(cue.text)
        finally:
            await self._guest.leave()
        self._stage.moment(f"{self._stage.actor}_left", now())

    async def _next(self) -> Cue:
        return await self._stage.pulse.until("a cue", self._stage.take_cue, within_s=_LONGEST_S)


def _unseen(_role: str, _sign: str, _at: float) -> None:
    return
