"""The human agent's process: gets the message, opens the link, joins, talks, leaves after the caller."""

import sys
from collections.abc import Callable

from local.rehearsal.backstage import Backstage, perform
from local.rehearsal.clock import monotonic_of, now
from local.rehearsal.desk import Desk, Json, link_in
from local.rehearsal.messages import Said
from local.rehearsal.mouth import Mouth
from local.rehearsal.patience import TooLateError, ask_until
from local.speech import voices

VOICE = voices.HUMAN
HELLO = "Hello, this is Maria."
REPLY = "I will send you one today."
_PAUSE_S = 0.5
_READS_S = 0.5


class Human:
    """One person with a phone, a browser and a voice."""

    def __init__(self, stage: Backstage) -> None:
        self._stage, self._ear = stage, stage.ear()
        self._stack = stage.stack()
        self._desk = Desk(self._stack)
        self._mouth = Mouth(owner="human", voice=VOICE, tell=stage.tell)
        self._guest = stage.guest(ear=self._ear, mouth=self._mouth, saw=lambda _role, _sign, _at: None)

    async def play(self) -> None:
        try:
            await self._answer()
        finally:
            await self._guest.leave()
        self._stage.moment("human_left", now())

    async def _answer(self) -> None:
        link = await self._message()
        await self._open(link)
        await self._claim_and_join(link)
        await self._wait_for_the_floor()
        hello = await self._mouth.say(HELLO)
        await self._hear_caller(hello)
        await self._mouth.say(REPLY)
        await self._stay_until_the_caller_leaves()

    async def _message(self) -> str:
        sms = await ask_until("an SMS", self._new_sms, within_s=120)
        self._stage.moment("sms_sent", monotonic_of(str(sms["sent_at"])), note=str(sms["body"]))
        return link_in(sms)

    async def _new_sms(self) -> Json | None:
        after = self._stage.part.sms_after
        found = [
            each
            for each in await self._desk.messages()
            if each["channel"] == "sms" and each["sent_at"] > after
        ]
        return found[-1] if found else None

    async def _open(self, link: str) -> None:
        read = now() + _READS_S
        await self._stage.pulse.until("reading the message", lambda: now() >= read, within_s=_READS_S + 1)
        await self._desk.open_link(link)
        self._stage.moment("link_opened", now())

    async def _claim_and_join(self, link: str) -> None:
        """Comes in while the AI is in the middle of a sentence, which is the hard case."""
        seat = await self._desk.claim(link)
        self._stage.moment("claimed", now())
        await self._patiently("the cue to join", lambda: self._stage.told("join"), within_s=25)
        await self._guest.join(str(seat["livekit_url"]), str(seat["token"]))

    async def _wait_for_the_floor(self) -> None:
        """Polite people let the AI finish; one that does not go is talked over, and the rehearsal fails."""
        await self._patiently(
            "the AI's leaving", lambda: self._guest.when("ai", "gone") is not None, within_s=6
        )

    async def _patiently(self, what: str, holds: Callable[[], bool], *, within_s: float) -> None:
        try:
            await self._stage.pulse.until(what, holds, within_s=within_s)
        except TooLateError:
            self._stage.moment("waited_in_vain", now(), note=what)

    async def _hear_caller(self, hello: Said) -> None:
        answering = lambda: self._ear.of("caller").first_loud(since=hello.began)  # noqa: E731
        await self._stage.pulse.until("the caller's voice", answering, within_s=25)
        paused = lambda: self._ear.quiet("caller", for_s=_PAUSE_S)  # noqa: E731
        await self._stage.pulse.until("a pause of the caller", paused, within_s=30)

    async def _stay_until_the_caller_leaves(self) -> None:
        await self._stage.pulse.until(
            "the caller's leaving", lambda: self._guest.when("caller", "gone"), within_s=40
        )
        await self._guest.leave()
        self._stage.moment("human_left", now())


async def _play(stage: Backstage) -> None:
    await Human(stage).play()


if __name__ == "__main__":
    sys.exit(perform("human", _play))
