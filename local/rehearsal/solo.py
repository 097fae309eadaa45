"""A caller in this very process, for those who have one call and no conductor."""

from local.rehearsal.ear import Ear
from local.rehearsal.guest import Guest
from local.rehearsal.messages import Message
from local.rehearsal.mouth import Mouth
from local.rehearsal.patience import Pulse
from local.speech import voices

PAUSE_S = 0.7


class Solo:
    def __init__(self) -> None:
        self.pulse = Pulse()
        self.ear = Ear(owner="caller", tell=_ignore, recorder=None, pulse=self.pulse)
        self.mouth = Mouth(owner="caller", voice=voices.CALLER, tell=_ignore)
        self.guest = Guest(ear=self.ear, mouth=self.mouth, pulse=self.pulse, saw=lambda *_sign: None)

    async def hears(self, speaker: str, *, since: float = float("-inf"), within_s: float = 30) -> float:
        voice = lambda: self.ear.of(speaker).first_loud(since=since)  # noqa: E731
        return await self.pulse.until(f"the {speaker}'s voice", voice, within_s=within_s)

    async def sees(self, role: str, sign: str, *, within_s: float = 30) -> float:
        seen = lambda: self.guest.when(role, sign)  # noqa: E731
        return await self.pulse.until(f"{role} {sign}", seen, within_s=within_s)

    async def is_greeted(self) -> None:
        await self.hears("ai")
        await self.pulse.until("the greeting's end", self.ai_paused, within_s=30)

    def ai_paused(self, *, for_s: float = PAUSE_S) -> bool:
        return self.ear.quiet("ai", for_s=for_s)


def _ignore(_message: Message) -> None:
    return
