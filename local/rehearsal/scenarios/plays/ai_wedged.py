"""The AI's process hangs: it is removed from outside and another comes."""

from local.rehearsal.scenarios.call import Call

# Eight seconds without a sign of life, and what another AI needs to come.
_REPLACED_WITHIN_S = 20.0


async def play(call: Call) -> None:
    await call.is_asked_for_a_person()
    await call.ai.is_stopped()
    await call.ai.is_replaced(within_s=90, limit_s=_REPLACED_WITHIN_S)
    await call.caller.hears("ai", since=call.stage.chronicle.at("ai_stopped"))
    await call.is_taken_over()
    await call.ends()
