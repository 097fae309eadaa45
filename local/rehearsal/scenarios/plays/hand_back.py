"""Maria gives the call back: the AI returns before she goes, knows the caller, and may ask again."""

from local.rehearsal.clock import now
from local.rehearsal.scenarios.call import Call


async def play(call: Call) -> None:
    await call.is_asked_for_a_person()
    await call.is_taken_over()
    answer = await call.maria.presses("hand-back", note="A replacement is on its way.")
    pressed = now()
    call.stage.expect(answer.status == 200, f"giving back was answered with {answer.status}")
    back = await call.ai.is_back(within_s=30)
    call.stage.measure("the AI was back after the call was given back", back - pressed, limit_s=15.0)
    await call.caller.is_told("Maria is no longer in the call", since=pressed)
    removed = lambda: call.stage.attendance.audible("human") is None  # noqa: E731
    await call.stage.until("Maria's removal", removed, within_s=20)
    first = await call.rows.reaches("handed_back")
    refused = await call.maria.presses("claim")
    call.stage.expect(refused.status == 410, f"the link answered {refused.status} after it was given back")
    await call.caller.hears("ai", since=back)
    await call.caller.asks_for_a_person()
    await call.maria.is_told()
    second = await call.rows.reaches("notified")
    call.stage.expect(second["epoch"] == first["epoch"] + 1, "the second request is no epoch of its own")
    await call.ends(status="cancelled")
