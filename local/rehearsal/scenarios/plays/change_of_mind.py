"""The caller no longer wants a person: withdrawn at once, the link says so, those told are told."""

from local.rehearsal.clock import now
from local.rehearsal.scenarios.call import Call

WITHDRAWN = "Never mind, I don't need a person any more."


async def play(call: Call) -> None:
    await call.is_asked_for_a_person()
    await call.caller.hears("ai")
    said = await call.caller.says(WITHDRAWN)
    await call.rows.reaches("cancelled", within_s=20)
    call.stage.measure("cancelled after the caller's words", now() - said.ended, limit_s=5.0)
    await call.caller.is_told("told my colleagues not to come")
    await call.maria.is_told_off()
    answer = await call.maria.presses("claim")
    call.stage.expect(answer.status == 410, f"the link answered {answer.status} after the withdrawal")
    await call.ends(status="cancelled")
