"""The human agent's process: gets the message, opens the link in a browser, joins, talks, sees the end."""

import sys

from playwright.async_api import Locator, Page
from playwright.async_api import TimeoutError as NotSeenError

from local.rehearsal.backstage import Backstage, perform
from local.rehearsal.browsing.chromium import chromium
from local.rehearsal.browsing.ear import PageEar
from local.rehearsal.browsing.link_page import LinkPage
from local.rehearsal.browsing.mouth import give_voice, say
from local.rehearsal.clock import monotonic_of, now
from local.rehearsal.desk import Desk, Json, link_in
from local.rehearsal.ear import Ear
from local.rehearsal.messages import Said
from local.rehearsal.patience import ask_until
from local.speech import voices

HELLO = "Hello, this is Maria."
REPLY = "I will send you one today."
_PAUSE_S = 0.5
_READS_S = 0.5
_AI_GONE = "The AI has left the call."
_ALONE = "Nobody else is in the room."


class Human:
    """One person with a phone: our page is all that they see, and what it plays is all that they hear."""

    def __init__(self, stage: Backstage, page: Page, *, ear: Ear) -> None:
        self._stage, self._ear = stage, ear
        self._desk = Desk(stage.stack())
        self._page, self._at_link = page, LinkPage(page)

    async def play(self) -> None:
        await self._opens(link_in(await self._message()))
        await self._joins()
        await self._talks()
        await self._waits_for_the_floor()
        await self._hear_caller(await self._say(HELLO))
        await self._say(REPLY)
        await self._stays_until_the_caller_leaves()

    async def _message(self) -> Json:
        sms = await ask_until("an SMS", self._new_sms, within_s=120)
        self._stage.moment("sms_sent", monotonic_of(str(sms["sent_at"])), note=str(sms["body"]))
        return sms

    async def _new_sms(self) -> Json | None:
        after = self._stage.part.sms_after
        found = [
            each
            for each in await self._desk.messages()
            if each["channel"] == "sms" and each["sent_at"] > after
        ]
        return found[-1] if found else None

    async def _opens(self, link: str) -> None:
        read = now() + _READS_S
        await self._stage.pulse.until("reading the message", lambda: now() >= read, within_s=_READS_S + 1)
        await self._at_link.opens(link)
        self._stage.moment("link_opened", now())

    async def _joins(self) -> None:
        """Heard by nobody yet."""
        await self._at_link.joins()
        self._stage.moment("claimed", await self._at_link.moment("claimed"))
        await self._at_link.may_talk()
        self._stage.moment("may_talk", now())

    async def _talks(self) -> None:
        """While the AI is in the middle of a sentence, which is the hard case."""
        await self._stage.pulse.until("the cue", lambda: self._stage.told("talk"), within_s=25)
        await self._at_link.talks()

    async def _waits_for_the_floor(self) -> None:
        """Polite people let others finish; an AI that does not go is talked over, and the rehearsal fails."""
        try:
            await _seen(self._page.get_by_text(_AI_GONE), within_s=6)
        except NotSeenError:
            self._stage.moment("waited_in_vain", now(), note="the AI's leaving")
        # Who was cut in may still be in a sentence of theirs, and its end is no answer to what comes now.
        await self._pause_of_the_caller()

    async def _say(self, text: str) -> Said:
        said = await say(self._page, text, owner="human", voice=voices.HUMAN)
        self._stage.tell(said)
        return said

    async def _hear_caller(self, hello: Said) -> None:
        answering = lambda: self._ear.of("caller").first_loud(since=hello.began)  # noqa: E731
        await self._stage.pulse.until("the caller's voice", answering, within_s=25)
        await self._pause_of_the_caller()

    async def _pause_of_the_caller(self) -> None:
        paused = lambda: self._ear.quiet("caller", for_s=_PAUSE_S)  # noqa: E731
        await self._stage.pulse.until("a pause of the caller", paused, within_s=30)

    async def _stays_until_the_caller_leaves(self) -> None:
        over = self._page.locator("body[data-stage=ended]").or_(self._page.get_by_text(_ALONE))
        await _seen(over.first, within_s=40)
        self._stage.moment("human_left", now())


async def _seen(what: Locator, *, within_s: float) -> None:
    await what.wait_for(timeout=within_s * 1000)


async def _play(stage: Backstage) -> None:
    ear = stage.ear()
    async with chromium() as browser:
        context = await browser.new_context(locale="en-US")
        await give_voice(context)
        await PageEar(ear=ear, stack=stage.stack(), room=stage.part.room).listen(context)
        try:
            await Human(stage, await context.new_page(), ear=ear).play()
        finally:
            await ear.close()


if __name__ == "__main__":
    sys.exit(perform("human", _play))
