"""Nobody is on duty: the AI says so at once, promises nothing, and nobody is disturbed."""

from local.rehearsal.clock import now
from local.rehearsal.scenarios.call import Call
from local.rehearsal.scenarios.duty import nobody_is_on_duty


async def play(call: Call) -> None:
    await nobody_is_on_duty(call.stage)
    await call.caller.joins()
    await call.caller.asks_for_a_person()
    asked = now()
    await call.caller.is_told("nobody is free right now")
    call.stage.measure("the caller was told after they had asked", now() - asked, limit_s=12.0)
    row = await call.rows.reaches("unanswered")
    call.stage.expect(row["people_told"] == 0, f"{row['people_told']} people were told off hours")
    promised = [each.text for each in call.stage.overheard if "asked a colleague" in each.text]
    call.stage.expect(not promised, "the AI promised what nobody does")
    disturbed = await call.maria.has_news() or await call.jonas.has_news()
    call.stage.expect(not disturbed, "somebody off duty got a message")
    await call.ends(status="unanswered")
