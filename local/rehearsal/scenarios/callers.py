"""What a caller does in a scenario."""

from local.rehearsal.actors import Actor
from local.rehearsal.caller import PLEA
from local.rehearsal.clock import now
from local.rehearsal.messages import Said
from local.rehearsal.scenarios.stage import Stage

# The ear's batches are 0.2 s old when they come.
_PAUSE_S = 1.0


class NotInTheCallError(RuntimeError):
    """A play lets somebody speak who has not joined."""


class Caller:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._actor: Actor | None = None
        self._last_words = 0.0

    async def joins(self) -> None:
        """And hears the greeting to its end."""
        await self.hears("ai", since=await self._comes())

    async def comes(self) -> None:
        """And hears the AI begin to speak."""
        since, heard = await self._comes(), self._stage.hearsay.heard[("caller", "ai")]
        await self._stage.until("the greeting", lambda: heard.first_loud(since=since), within_s=30)

    async def _comes(self) -> float:
        since, stage = now(), self._stage
        token = str((await stage.desk.join_url(stage.room, "caller"))["token"])
        self._actor = await stage.enter("caller", token)
        joined = lambda: (stage.chronicle.at("caller_joined") or 0.0) >= since  # noqa: E731
        await stage.until("the caller's joining", joined, within_s=30)
        return since

    def types(self, text: str) -> None:
        self._there().cue("type", text)

    def presses(self, key: str) -> None:
        self._there().cue("press", key)

    async def says(self, text: str) -> Said:
        said = self._stage.hearsay.said["caller"]
        before = len(said)
        self._there().cue("say", text)
        last = await self._stage.until(
            "the caller's words", lambda: said[-1] if len(said) > before else None, within_s=30
        )
        self._last_words = last.ended
        return last

    async def asks(self, text: str) -> None:
        """Hears the answer to its end."""
        said = await self.says(text)
        await self.hears("ai", since=said.ended)

    async def asks_for_a_person(self) -> None:
        said = await self.says(PLEA)
        self._stage.chronicle.note("caller_asked", actor="caller", at=said.ended)

    async def hears(self, speaker: str, *, since: float | None = None, within_s: float = 30) -> None:
        """A voice, and then a pause of it."""
        heard, since = self._stage.hearsay.heard[("caller", speaker)], since or self._last_words
        await self._stage.until(
            f"the {speaker}'s voice at the caller's ear",
            lambda: heard.first_loud(since=since),
            within_s=within_s,
        )
        quiet = lambda: now() - (heard.last_loud() or 0.0) >= _PAUSE_S  # noqa: E731
        await self._stage.until(f"a pause of the {speaker}", quiet, within_s=within_s)

    async def is_told(self, words: str, *, since: float = 0.0, within_s: float = 30) -> None:
        """The AI says these words (read beside the voice)."""
        told = lambda: self.was_told(words, since=since)  # noqa: E731
        await self._stage.until(f"the AI's words {words!r}", told, within_s=within_s)
        self._stage.chronicle.note("caller_told", actor="ai", note=words)

    def was_told(self, words: str, *, since: float = 0.0) -> bool:
        said = (each for each in self._stage.overheard if each.role == "ai" and each.at >= since)
        return any(words.lower() in each.text.lower() for each in said)

    async def leaves(self) -> None:
        since = now()
        self._there().cue("leave")
        left = lambda: (self._stage.chronicle.at("caller_left") or 0.0) >= since  # noqa: E731
        await self._stage.until("the caller's leaving", left, within_s=20)

    def _there(self) -> Actor:
        if self._actor is None:
            raise NotInTheCallError
        return self._actor
