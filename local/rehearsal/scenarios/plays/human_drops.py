"""Maria's device dies in the middle of the call: she has her time to come back, then the AI is there."""

from local.rehearsal.clock import now
from local.rehearsal.scenarios.call import Call

# Beyond what LiveKit needs to notice that nobody is at the other end any more.
_LIMIT_S = 15.0
_LIVEKIT_S = 60.0


async def play(call: Call) -> None:
    await call.is_asked_for_a_person()
    await call.is_taken_over()
    call.maria.drops()
    dropped = now()
    noticed = lambda: (call.stage.chronicle.at("human_gone") or 0.0) > dropped  # noqa: E731
    await call.stage.until("LiveKit's noticing", noticed, within_s=_LIVEKIT_S)
    gone = call.stage.chronicle.at("human_gone") or dropped
    call.stage.measure("LiveKit noticed after", gone - dropped)
    back = await call.ai.is_back(within_s=40)
    call.stage.measure("the AI was back after LiveKit noticed", back - gone, limit_s=_LIMIT_S)
    await call.caller.is_told("Maria is no longer in the call", since=dropped)
    await call.rows.reaches("handed_back")
    await call.caller.leaves()
