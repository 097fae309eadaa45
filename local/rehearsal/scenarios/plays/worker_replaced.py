"""A deployment in the middle of a call: the next worker's AI takes over unnoticed and knows what was said."""

from local.rehearsal.clock import now
from local.rehearsal.scenarios.call import Call

_QUESTION = "When are you open on Saturday?"
_LIMIT_S = 2.0


async def play(call: Call) -> None:
    stage = call.stage
    await call.caller.joins()
    await call.caller.asks(_QUESTION)
    await call.ai.is_deployed_anew()
    deployed = now()
    gap = stage.attendance.alone_s(until=deployed)
    stage.measure("without a partner during the deployment", gap, limit_s=_LIMIT_S)
    await call.caller.says("What did I ask you first?")
    await call.caller.is_told("open on Saturday", since=deployed)
    await call.caller.asks_for_a_person()
    await call.maria.is_told()
    await call.is_taken_over()
    await call.ends()
