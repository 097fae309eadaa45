"""The AI's process is killed while the caller waits: another comes and goes on, and Maria still can."""

from local.rehearsal.scenarios.call import Call


async def play(call: Call) -> None:
    await call.is_asked_for_a_person()
    await call.ai.is_killed()
    await call.ai.is_replaced(within_s=40, limit_s=3.0)
    await call.caller.hears("ai", since=call.stage.chronicle.at("ai_killed"))
    await call.is_taken_over()
    await call.ends()
