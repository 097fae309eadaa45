"""Plays the rehearsal: starts the actors, gives the cues, watches the row, and gathers what happened."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from local.rehearsal.actors import Actor, enter
from local.rehearsal.clock import now
from local.rehearsal.desk import Desk, DeskError, Json
from local.rehearsal.hearsay import Hearsay
from local.rehearsal.messages import Message, Moment, Part
from local.rehearsal.observer import Observer
from local.rehearsal.patience import Pulse, TooLateError
from local.rehearsal.readiness import wait_for_the_worker
from local.rehearsal.verdict import measure
from local.stack.stack_file import StackFile

_FRESH_S = 1.8


class ActorFailedError(RuntimeError):
    """An actor's process could not play its part."""


@dataclass(frozen=True, slots=True)
class Script:
    """What differs between rehearsals."""

    room: str
    recordings: Path
    logs: Path
    token: str = ""
    completed_within_s: float = 20.0


class Conductor:
    """One call."""

    def __init__(self, *, stack: StackFile, script: Script, happened: Callable[[Moment], None]) -> None:
        self._script, self._pulse = script, Pulse()
        self._control_url = stack.control_url
        self._desk = Desk(stack)
        self.hearsay = Hearsay(happened=happened)
        self._observer = Observer(desk=self._desk, room=script.room, hearsay=self.hearsay)
        self.row: Json = {}

    async def play(self) -> None:
        await wait_for_the_worker(self._control_url)
        async with AsyncExitStack() as stage:
            human = await self._enter("human", stage, sms_after=await self._last_message_at())
            await self._enter("caller", stage)
            await self._step("caller_asked", within_s=90)
            # The inbox is looked at first: it costs the API nothing while it serves the worker.
            await self._step("sms_sent", within_s=40)
            row = await self._observer.stored(within_s=40)
            await self._step("claimed", within_s=40)
            await self._step("may_talk", within_s=20)
            await self._cue_into_the_middle(human)
            await self._step("human_active", within_s=30)
            await self._step("human_left", within_s=60)
            measure(self.hearsay)
            self.row = await self._observer.ended(str(row["id"]), within_s=self._script.completed_within_s)

    async def _enter(self, name: str, stage: AsyncExitStack, *, sms_after: str = "") -> Actor:
        script = self._script
        part = Part(
            room=script.room,
            recordings=str(script.recordings),
            token=script.token,
            sms_after=sms_after,
        )
        actor = await enter(name, part, logs=script.logs, tell=self._take)
        stage.push_async_callback(actor.end)
        return actor

    def _take(self, message: Message) -> None:
        self.hearsay.take(message)
        self._pulse.beat()

    async def _last_message_at(self) -> str:
        return max((str(each["sent_at"]) for each in await self._desk.messages()), default="")

    async def _step(self, step: str, *, within_s: float) -> None:
        await self._pulse.until(step, lambda: self._happened(step), within_s=within_s)

    def _happened(self, step: str) -> bool:
        if self.hearsay.failures:
            first = self.hearsay.failures[0]
            raise ActorFailedError(f"the {first.actor} could not go on: {first.reason}")
        return step in self.hearsay.timeline.moments

    async def _cue_into_the_middle(self, human: Actor) -> None:
        """They can be heard while the AI has most of a sentence to say, so that its hush can be measured."""
        speaking = lambda: self.hearsay.just_began("caller", "ai", within_s=_FRESH_S)  # noqa: E731
        try:
            await self._pulse.until("the AI's speaking", speaking, within_s=10)
        except TooLateError:
            self.hearsay.note(Moment(step="talked_in_a_pause", at=now(), actor="human"))
        human.cue("talk")


async def played(conductor: Conductor, *, within_s: float) -> str:
    """Why the rehearsal stopped early, or nothing when it went to its end."""
    try:
        async with asyncio.timeout(within_s):
            await conductor.play()
    except TimeoutError as late:
        return str(late) or f"the whole rehearsal took longer than {within_s:.0f} s"
    except (ActorFailedError, DeskError) as error:
        return str(error)
    return ""
