"""The same room name is used again: the second call is answered and is an escalation of its own."""

from local.rehearsal.scenarios.call import Call
from local.rehearsal.scenarios.machines import room_is_closed


async def play(call: Call) -> None:
    await call.is_asked_for_a_person()
    first = await call.rows.reaches("notified")
    await call.ends(status="cancelled")
    await room_is_closed(call.stage)
    await call.is_asked_for_a_person()
    second = await call.rows.reaches("notified")
    call.stage.expect(first["id"] != second["id"], "the second call got the first one's escalation")
    await call.is_taken_over()
    await call.ends()
