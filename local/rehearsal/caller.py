"""The caller's process: asks something, asks for a person, keeps talking, meets the human agent, hangs up."""

import sys
from itertools import cycle

from local.rehearsal.backstage import Backstage, perform
from local.rehearsal.clock import now
from local.rehearsal.desk import Desk
from local.rehearsal.messages import Said
from local.rehearsal.mouth import Mouth
from local.speech import voices

VOICE = voices.CALLER
QUESTION = "When are you open on Saturday?"
PLEA = "I would rather talk to a real person, please."
WAITING = (
    "While we wait, what should I have ready for them?",
    "Could you tell me how you handle a late delivery?",
)
ANSWER = "Hello, my last order arrived broken."
# The AI's sentences come one by one, with a gap between them; a human agent's come in one breath.
_PAUSE_S = {"ai": 0.7, "human": 0.5}
_SIGNS = {
    ("ai", "joined"): "ai_joined",
    ("ai", "gone"): "ai_left",
    ("human", "active"): "human_joined",
    ("human", "heard"): "human_active",
}


class Caller:
    """One call, sentence by sentence."""

    def __init__(self, stage: Backstage) -> None:
        self._stage, self._ear = stage, stage.ear()
        self._mouth = Mouth(owner="caller", voice=VOICE, tell=stage.tell)
        self._guest = stage.guest(ear=self._ear, mouth=self._mouth, saw=self._saw)

    def _saw(self, role: str, sign: str, at: float) -> None:
        if step := _SIGNS.get((role, sign)):
            self._stage.moment(step, at)

    async def play(self) -> None:
        try:
            await self._call()
        finally:
            await self._guest.leave()
        self._stage.moment("caller_left", now())

    async def _call(self) -> None:
        await self._join()
        await self._greeting()
        await self._ask(QUESTION)
        asked = await self._mouth.say(PLEA)
        self._stage.moment("caller_asked", asked.ended)
        await self._reply(asked)
        await self._wait_for_the_human()
        await self._talk_with_the_human()
        await self._see_the_ai_off()

    async def _join(self) -> None:
        stack, part = self._stage.stack(), self._stage.part
        token = part.token or str((await Desk(stack).join_url(part.room, "caller"))["token"])
        self._stage.moment("caller_joined", await self._guest.join(stack.livekit_url, token))

    async def _greeting(self) -> None:
        began = await self._stage.pulse.until("the AI's greeting", self._ear.of("ai").first_loud, within_s=25)
        self._stage.moment("ai_first_audio", began)
        await self._pause("ai", within_s=25)

    async def _ask(self, text: str) -> None:
        await self._reply(await self._mouth.say(text))

    async def _reply(self, said: Said) -> None:
        """Hears the AI answer to its end, or stops listening when a human agent can be heard."""
        answered = lambda: self._met() or self._ear.of("ai").first_loud(since=said.ended)  # noqa: E731
        await self._stage.pulse.until("the AI's answer", answered, within_s=25)
        await self._pause("ai", within_s=30)

    async def _pause(self, speaker: str, *, within_s: float) -> None:
        for_s = _PAUSE_S[speaker]
        paused = lambda: self._met_while_listening_to(speaker) or self._ear.quiet(speaker, for_s=for_s)  # noqa: E731
        await self._stage.pulse.until(f"a pause of the {speaker}", paused, within_s=within_s)

    def _met(self) -> float | None:
        return self._guest.when("human", "heard")

    def _met_while_listening_to(self, speaker: str) -> bool:
        return speaker == "ai" and self._met() is not None

    async def _wait_for_the_human(self) -> None:
        """Keeps the AI talking until somebody comes."""
        for text in cycle(WAITING):
            if self._met() or self._stage.told("enough"):
                break
            await self._ask(text)
        await self._stage.pulse.until("a human agent to be heard", self._met, within_s=60)

    async def _talk_with_the_human(self) -> None:
        await self._hear_human(since=self._met() or 0.0)
        answer = await self._mouth.say(ANSWER)
        # Not from its end on: on a busy machine a stutter sounds like a pause, and the reply begins early.
        await self._hear_human(since=answer.began)

    async def _hear_human(self, *, since: float) -> None:
        speaking = lambda: self._ear.of("human").first_loud(since=since)  # noqa: E731
        await self._stage.pulse.until("the human agent's voice", speaking, within_s=25)
        await self._pause("human", within_s=30)

    async def _see_the_ai_off(self) -> None:
        """Not before the AI had its time to go: whether it does is what the rehearsal is about."""
        gone = lambda: self._guest.when("ai", "gone") or self._stage.told("curtain")  # noqa: E731
        await self._stage.pulse.until("the AI's leaving", gone, within_s=20)


async def _play(stage: Backstage) -> None:
    await Caller(stage).play()


if __name__ == "__main__":
    sys.exit(perform("caller", _play))
