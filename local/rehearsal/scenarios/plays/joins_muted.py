"""Maria comes in with her microphone off, the AI says so, and is cut in its sentence when she is heard."""

from local.rehearsal.clock import now
from local.rehearsal.scenarios.call import Call
from local.rehearsal.scenarios.machines import say_no_farewell

# The AI falls silent for whoever comes, and speaks again when nothing is heard of them.
_PAUSE_S = 2.0
_SILENT_S = 0.3


async def play(call: Call) -> None:
    await say_no_farewell(call.stage)
    await call.is_asked_for_a_person()
    await call.maria.claims()
    await call.maria.joins_muted()
    await call.ai.is_in_a_sentence(since=now() + _PAUSE_S)
    await call.maria.unmutes()
    await call.ai.leaves()
    call.ai.fell_silent(limit_s=_SILENT_S)
    await call.has_two_voices(call.maria)
    await call.ends()
