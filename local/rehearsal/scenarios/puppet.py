"""An actor that does what it is told: joins with its token, says or types each line, unmutes, leaves."""

from livekit import rtc

from local.rehearsal.backstage import Backstage
from local.rehearsal.clock import now
from local.rehearsal.guest import Guest
from local.rehearsal.messages import Cue
from local.rehearsal.mouth import Mouth
from local.rehearsal.scenarios.watch import Watch

_LONGEST_S = 600
_TYPED = "lk.chat"


class Puppet:
    """One participant whose microphone is open from the first moment, unless the part says otherwise."""

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
            part = self._stage.part
            joined = await self._guest.join(self._stage.stack().livekit_url, part.token, muted=part.muted)
            self._stage.moment(f"{self._stage.actor}_joined", joined)
            while (cue := await self._next()).name != "leave":
                await self._follow(cue)
        finally:
            await self._guest.leave()
        self._stage.moment(f"{self._stage.actor}_left", now())

    async def _follow(self, cue: Cue) -> None:
        match cue.name:
            case "unmute":
                self._mouth.unmute()
            case "type":
                await self._room.local_participant.send_text(cue.text, topic=_TYPED)
            case "press":
                await self._room.local_participant.publish_dtmf(code=int(cue.text), digit=cue.text)
            case _:
                await self._mouth.say(cue.text)

    async def _next(self) -> Cue:
        return await self._stage.pulse.until("a cue", self._stage.take_cue, within_s=_LONGEST_S)


def _unseen(_role: str, _sign: str, _at: float) -> None:
    return
