"""A human whose microphone is off is told the brief in the caller's room, and nobody else hears it."""

import time
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from agent_container.private_briefing import TRACK
from local.rehearsal.loudness import SILENCE_DBFS
from local.speech import voices
from local.stack.livekit_server import LiveKit
from tests.integration.worker.bare_ai import BareAi, bare_ai
from tests.integration.worker.rooms import CALLER, VOICE, Seat, leave
from tests.integration.worker.scripted import MARIA

SILENT_WITHIN = 0.3


class Briefed:
    """A caller, an AI that speaks, and a human who is being told the brief."""

    def __init__(self, livekit: LiveKit) -> None:
        self.livekit, self.room = livekit, f"room-{uuid4().hex[:8]}"
        self.caller = self.seat(CALLER)
        self.human = self.seat(MARIA)

    def seat(self, identity: str) -> Seat:
        return Seat(self.livekit, self.room, identity, voice=voices.HUMAN)

    async def begin(self, ai: BareAi) -> None:
        ai.speaks()
        await self.caller.until("the AI's voice", lambda: self.caller.hears(VOICE))
        await self.human.join(muted=True)
        await self.human.until("the briefing", lambda: self.human.hears(TRACK))

    async def both_are_heard(self, *, seconds: float) -> None:
        """That much more of the AI's voice by the caller, and of the briefing by the human."""
        since = time.monotonic()
        await self.caller.until("the AI's voice", lambda: self.caller.hears(VOICE, since=since + seconds))
        await self.human.until("the briefing", lambda: self.human.hears(TRACK, since=since + seconds))


@pytest.fixture
async def briefed(livekit: LiveKit) -> AsyncIterator[Briefed]:
    call = Briefed(livekit)
    try:
        await call.caller.join()
        async with bare_ai(livekit, call.room) as ai:
            await call.begin(ai)
            yield call
    finally:
        await leave(call.human, call.caller)


def listen_all_the_same(seat: Seat) -> None:
    """Ask for the track, as a client of one's own could."""
    assert seat.publications(TRACK)
    for publication in seat.publications(TRACK):
        publication.set_subscribed(True)


async def test_the_caller_hears_nothing_of_it_and_the_ai_all_along(briefed: Briefed) -> None:
    listen_all_the_same(briefed.caller)

    await briefed.both_are_heard(seconds=2.0)

    assert briefed.caller.loudest(TRACK) < SILENCE_DBFS
    assert briefed.caller.subscribed.count(VOICE) == 1


async def test_whoever_joins_meanwhile_hears_the_ai_and_not_the_briefing(briefed: Briefed) -> None:
    observer = await briefed.seat("observer-1").join()
    await observer.until("the AI's voice", lambda: observer.hears(VOICE))
    listen_all_the_same(observer)
    await briefed.both_are_heard(seconds=1.0)
    await observer.leave()

    assert observer.loudest(TRACK) < SILENCE_DBFS


async def test_it_ends_at_once_when_the_human_talks(briefed: Briefed) -> None:
    briefed.human.mouth.unmute()
    await briefed.human.mouth.say("Hello, this is Maria.")
    await briefed.human.until("silence", lambda: briefed.human.ear.quiet(f"ai/{TRACK}", for_s=1.0))

    heard = briefed.caller.ear.of(f"{MARIA}/microphone").first_loud()
    last = briefed.human.heard(TRACK).last_loud()
    assert heard is not None
    assert last is not None
    assert last < heard + SILENT_WITHIN


async def test_when_the_human_leaves_it_is_over_and_all_is_as_before(briefed: Briefed) -> None:
    await briefed.human.leave()
    await briefed.caller.until("the track's end", lambda: TRACK not in briefed.caller.tracks())

    observer = await briefed.seat("observer-1").join()
    await observer.until("the AI's voice", lambda: observer.hears(VOICE))
    await observer.leave()
