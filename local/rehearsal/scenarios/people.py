"""What a human agent does in a scenario: a phone, a browser and, once in the call, a voice."""

from local.rehearsal.actors import Actor
from local.rehearsal.clock import monotonic_of, now
from local.rehearsal.desk import Json, NoLinkError, link_in
from local.rehearsal.patience import ask_until
from local.rehearsal.scenarios.browser import Answer, Browser
from local.rehearsal.scenarios.callers import NotInTheCallError
from local.rehearsal.scenarios.stage import Stage
from local.stack.roster import PEOPLE

HELLO = "Hello, this is {name}, how can I help you?"


class Person:
    def __init__(self, stage: Stage, name: str) -> None:
        self.id, self.name = name, str(PEOPLE[name]["name"])
        self.browser, self.link = Browser(), ""
        self.seat: Json = {}
        self._stage, self._phone = stage, str(PEOPLE[name]["phone"])
        self._read_until = stage.began
        self._actor: Actor | None = None
        stage.at_the_end.push_async_callback(self.browser.close)

    async def is_told(self, *, within_s: float = 30) -> None:
        """Gets an SMS with a link, later than the last one."""
        await self._reads(with_link=True, step="sms_sent", within_s=within_s)

    async def is_told_off(self, *, within_s: float = 10) -> None:
        """Gets an SMS without a link: nobody is needed any more."""
        await self._reads(with_link=False, step="told_off", within_s=within_s)

    async def has_news(self) -> bool:
        return await self._news(with_link=True) is not None

    async def looks(self, *, method: str = "GET") -> int:
        status = await self.browser.look(self.link, method=method)
        self._note("link_opened")
        return status

    async def presses(self, button: str, **fields: object) -> Answer:
        answer = await self.browser.press(self.link, button, **fields)
        self._note(button.replace("-", "_"), note=f"{self.name}: {answer.status}")
        return answer

    async def claims(self) -> Answer:
        answer = await self.presses("claim")
        self._stage.expect(answer.status == 200, f"{self.name}'s claim was answered with {answer.status}")
        self.seat = answer.body
        return answer

    async def joins(self) -> None:
        """With the token of the last claim, and a microphone that is open at once."""
        since = now()
        await self.enters(muted=False)
        await self._is_heard(since=since)

    async def joins_muted(self) -> None:
        """As the page does it: there and listening, heard only when they choose."""
        since, stage = now(), self._stage
        await self.enters(muted=True)
        there = lambda: (stage.chronicle.at("human_joined") or 0.0) >= since  # noqa: E731
        await stage.until(f"{self.name}'s joining", there, within_s=20)

    async def unmutes(self) -> None:
        since = now()
        self._there().cue("unmute")
        await self._is_heard(since=since)

    async def enters(self, *, muted: bool) -> None:
        self._actor = await self._stage.enter("human", str(self.seat["token"]), muted=muted)

    async def _is_heard(self, *, since: float) -> None:
        stage = self._stage
        heard = lambda: (stage.chronicle.at("human_audible") or 0.0) >= since  # noqa: E731
        await stage.until(f"{self.name}'s microphone at the caller's", heard, within_s=20)

    async def says(self, text: str) -> None:
        said = self._stage.hearsay.said["human"]
        before = len(said)
        self._there().cue("say", text)
        await self._stage.until(f"{self.name}'s words", lambda: len(said) > before, within_s=30)

    async def leaves(self) -> None:
        since = now()
        self._there().cue("leave")
        left = lambda: (self._stage.chronicle.at("human_left") or 0.0) >= since  # noqa: E731
        await self._stage.until(f"{self.name}'s leaving", left, within_s=20)

    def drops(self) -> None:
        """Vanishes without a word to anybody."""
        identity = self._stage.attendance.audible("human")
        self._stage.kill(self._there())
        self._note("human_dropped")
        if identity is not None:
            self._stage.attendance.die(identity, now())

    async def _reads(self, *, with_link: bool, step: str, within_s: float) -> None:
        what = f"an SMS to {self.name}"
        message = await ask_until(what, lambda: self._news(with_link=with_link), within_s=within_s)
        self._read_until = str(message["sent_at"])
        self._note(step, at=monotonic_of(self._read_until), note=self.name)
        if with_link:
            self.link = link_in(message)

    async def _news(self, *, with_link: bool) -> Json | None:
        for message in reversed(await self._stage.desk.messages()):
            new = self._is_new(message) and _has_link(message) == with_link
            if new and await self._is_about_this_call(message):
                return message
        return None

    def _is_new(self, message: Json) -> bool:
        mine = message["channel"] == "sms" and message["to"] == self._phone
        return mine and str(message["sent_at"]) > self._read_until

    async def _is_about_this_call(self, _message: Json) -> bool:
        """There is no other."""
        return True

    def _note(self, step: str, *, at: float | None = None, note: str = "") -> None:
        self._stage.chronicle.note(step, actor="human", at=at, note=note or self.name)

    def _there(self) -> Actor:
        if self._actor is None:
            raise NotInTheCallError
        return self._actor


def _has_link(message: Json) -> bool:
    try:
        return bool(link_in(message))
    except NoLinkError:
        return False
