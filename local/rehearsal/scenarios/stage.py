"""What all verbs of one scenario share: the room, what was told, who could be heard, and what is wrong."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TypeVar

from local.rehearsal.actors import Actor, enter
from local.rehearsal.conductor import ActorFailedError
from local.rehearsal.desk import Desk
from local.rehearsal.hearsay import Hearsay
from local.rehearsal.messages import Failed, Message, Moment, Overheard, Part, Sign
from local.rehearsal.patience import Pulse
from local.rehearsal.scenarios.attendance import Attendance
from local.rehearsal.scenarios.chronicle import Chronicle
from local.stack.clock import utc_now
from local.stack.stack_file import StackFile

_T = TypeVar("_T")
_TOLD = {
    "joined": "{}_joined_room",
    "audible": "{}_audible",
    "inaudible": "{}_inaudible",
    "gone": "{}_gone",
}


class Stage:
    def __init__(self, stack: StackFile, *, room: str, folder: Path, chronicle: Chronicle) -> None:
        self.stack, self.room, self.chronicle = stack, room, chronicle
        self.desk, self.attendance, self.began = Desk(stack), Attendance(), utc_now()
        self.hearsay = Hearsay(happened=lambda _moment: None)
        self.overheard: list[Overheard] = []
        self.figures: list[str] = []
        self.complaints: list[str] = []
        self.at_the_end = AsyncExitStack()
        self._folder, self._pulse, self._forgiven = folder, Pulse(), set[str]()

    async def enter(self, name: str, token: str, *, muted: bool = False) -> Actor:
        recordings = str((self._folder / "recordings" / self.room).absolute())
        part = Part(room=self.room, recordings=recordings, token=token, muted=muted)
        actor = await enter(f"scenarios.{name}", part, logs=self._folder / "logs", tell=self._take)
        self.at_the_end.push_async_callback(actor.end)
        return actor

    def kill(self, actor: Actor) -> None:
        """Its process ends in the middle of a word, as a phone without battery does."""
        self._forgiven.add(actor.name)
        actor.process.kill()

    async def until(self, what: str, holds: Callable[[], _T | None], *, within_s: float) -> _T:
        def look() -> _T | None:
            self._refuse_failures()
            return holds()

        return await self._pulse.until(what, look, within_s=within_s)

    def scaled(self, seconds: float) -> float:
        """One of the product's times as long as this stack has it."""
        return seconds * self.stack.time_factor

    def expect(self, holds: object, complaint: str) -> None:
        if not holds:
            self.complaints.append(complaint)

    def measure(self, what: str, seconds: float, *, limit_s: float | None = None) -> None:
        self.figures.append(f"{what} {seconds:.2f} s")
        if limit_s is not None and seconds > limit_s:
            self.complaints.append(f"{what} took {seconds:.2f} s (limit {limit_s:.1f} s)")

    def _refuse_failures(self) -> None:
        for failed in self.hearsay.failures:
            if failed.actor not in self._forgiven:
                raise ActorFailedError(f"the {failed.actor} could not go on: {failed.reason}")

    def _take(self, message: Message) -> None:
        match message:
            case Sign():
                self._see(message)
            case Overheard():
                self.overheard.append(message)
            case Moment():
                self._note(message)
            case Failed() if message.actor in self._forgiven:
                pass
            case _:
                self.hearsay.take(message)
        self._pulse.beat()

    def _note(self, moment: Moment) -> None:
        self.chronicle.note(moment.step, actor=moment.actor, at=moment.at)
        if moment.step == "caller_left":
            self.attendance.leave(moment.at)

    def _see(self, sign: Sign) -> None:
        """The caller's eyes count: it is the caller who must not be left."""
        if sign.ear == "caller":
            self.attendance.take(sign)
            self.chronicle.note(_TOLD[sign.sign].format(sign.role), actor=sign.role, at=sign.at)
