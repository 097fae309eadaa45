"""The caller hangs up while they wait: cancelled at once, the link says so, those told are told."""

from local.rehearsal.clock import now
from local.rehearsal.scenarios.call import Call


async def play(call: Call) -> None:
    await call.is_asked_for_a_person()
    await call.rows.reaches("notified")
    await call.caller.leaves()
    left = now()
    await call.rows.reaches("cancelled", within_s=15)
    call.stage.measure("cancelled after the caller left", now() - left, limit_s=5.0)
    await call.maria.is_told_off()
    answer = await call.maria.presses("claim")
    call.stage.expect(answer.status == 410, f"the link answered {answer.status} after the caller had left")
    call.stage.expect("left" in answer.detail, "the link does not say that the caller left")
