"""One human agent who joins at a random moment of an AI's speech, as the caller's process has it."""

import asyncio
import os
import random
import secrets
import time
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from local.rehearsal.loudness import FRAME_S
from local.rehearsal.solo import Solo
from tests.bench.handoff.access import token
from tests.bench.handoff.ais import CALLER, Ai

# An AI that was silent for so long before was not interrupted.
_JUST_S = 0.25
# What the AI leaves for a human who is there and silent is longer.
_PAUSE_S = 0.7
_AFTER_S = (0.2, 1.7)


class NotSpeakingError(Exception):
    """The AI was silent by itself: nothing can be told from this join."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Whose AI it is, and whether the human agent's microphone is on at once or switched on later."""

    name: str
    ai: Ai
    later: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Milliseconds since the human agent's microphone was on in the room; below nothing: before that."""

    silent_ms: float
    audible_ms: float
    gone_ms: float
    told_ms: float | None
    load: float


class Call:
    def __init__(self, case: Case) -> None:
        self.case = case
        self._room = f"{case.name.replace('/', '-')}-{secrets.token_hex(4)}"
        self._caller, self._human = Solo(), Solo()
        self._joined = False

    async def begins(self) -> None:
        """The AI is there and has been heard."""
        livekit = self.case.ai.livekit
        await self._caller.guest.join(livekit.ws_url, token(livekit, self._room, CALLER))
        await self.case.ai.comes(self._room)
        await self._caller.hears("ai")

    async def is_joined(self, cut: AbstractAsyncContextManager[None]) -> Join:
        asked = time.monotonic()
        seat = await self.case.ai.lets_in(self._caller, self._room)
        await self._ai_speaks(since=asked)
        async with cut:
            since = await (self._talks_later(seat) if self.case.later else self._talks_at_once(seat))
            heard = await self._caller.sees("human", "heard")
            gone = await self._caller.sees("ai", "gone")
        # Its track is there and not muted: where it is new, the caller has yet to subscribe to it.
        on = heard if self.case.later else await self._caller.sees("human", "published")
        silent = self._last_heard(until=since, of=gone)
        told = await self.case.ai.told_after_ms(self._room)
        return Join(
            silent_ms=_ms(silent - on),
            audible_ms=_ms(heard - on),
            gone_ms=_ms(gone - on),
            told_ms=told and round(told, 1),
            load=round(os.getloadavg()[0], 2),
        )

    async def ends(self) -> None:
        await self._caller.guest.leave()
        if self._joined:
            await self._human.guest.leave()

    async def _ai_speaks(self, *, since: float) -> None:
        """At a moment that nobody knows beforehand."""
        await self._caller.hears("ai", since=since)
        await asyncio.sleep(random.uniform(*_AFTER_S))  # noqa: S311

    async def _talks_at_once(self, seat: str, *, muted: bool = False) -> float:
        since, self._joined = time.monotonic(), True
        await self._human.guest.join(self.case.ai.livekit.ws_url, seat, muted=muted)
        return since

    async def _talks_later(self, seat: str) -> float:
        """Once the AI, which pauses for somebody who is silent, has gone on."""
        since = await self._talks_at_once(seat, muted=True)
        ear = self._caller.ear.of("ai")
        goes_on = lambda: len(ear.spells(pause_s=_PAUSE_S, since=since)) > 1  # noqa: E731
        await self._caller.pulse.until("the AI's going on after a pause", goes_on, within_s=12)
        await self._ai_speaks(since=time.monotonic())
        since = time.monotonic()
        self._human.mouth.unmute()
        return since

    def _last_heard(self, *, until: float, of: float) -> float:
        ear = self._caller.ear.of("ai")
        before, last = ear.last_loud(until=until), ear.last_loud(until=of)
        if before is None or last is None or until - before > _JUST_S:
            raise NotSpeakingError
        return last + FRAME_S


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
