"""Music in a real room is over before the human is heard."""

import time
from uuid import uuid4

from agent_container.hold_music import TRACK
from local.rehearsal.loudness import SILENCE_DBFS
from local.speech import voices
from local.stack.livekit_server import LiveKit
from tests.integration.worker.bare_ai import bare_ai
from tests.integration.worker.rooms import CALLER, Seat, leave
from tests.integration.worker.scripted import MARIA

SILENT_WITHIN = 0.3
LISTENED = 4.0


async def test_no_music_is_heard_after_the_human_is(livekit: LiveKit) -> None:
    room = f"room-{uuid4().hex[:8]}"
    caller = await Seat(livekit, room, CALLER, voice=voices.CALLER).join()
    human = Seat(livekit, room, MARIA, voice=voices.HUMAN)
    try:
        async with bare_ai(livekit, room) as ai:
            ai.waits()
            await caller.until("the music", lambda: caller.hears(TRACK))
            await human.join(muted=True)
            # The AI has paused for somebody who is not heard, and helps again.
            joined = time.monotonic()
            await caller.until("a pause", lambda: caller.ear.quiet(f"ai/{TRACK}", for_s=1.0))
            await caller.until(
                "the AI's return", lambda: ai.session.steps[-1:] and "say" in ai.session.steps[-1]
            )
            ai.waits()
            await caller.until("the music again", lambda: caller.hears(TRACK, since=joined + 3.0))

            talks = time.monotonic()
            human.mouth.unmute()
            await human.mouth.say("Hello, this is Maria.")
            await caller.until("the AI's leaving", lambda: ai.departure.left)
            ai.waits()
            await caller.until("silence", lambda: caller.ear.quiet(f"ai/{TRACK}", for_s=LISTENED))
    finally:
        await leave(human, caller)

    heard = caller.ear.of(f"{MARIA}/microphone").first_loud(since=talks)
    assert heard is not None
    assert caller.hears(TRACK, since=talks - 1.0)
    assert caller.loudest(TRACK, since=heard + SILENT_WITHIN) < SILENCE_DBFS
