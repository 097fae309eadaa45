"""Nobody is free: the caller leaves a number, hears it read back, and is called back later."""

import httpx

from local.rehearsal.scenarios.call import Call

# No area code begins with a zero, so nobody has this number; and none of its digits stands beside its like:
# the recognizer runs those together.
TELLS = "My name is Anna, my phone number is plus one zero six one, seven two eight, zero three two six."
NUMBER = "+10617280326"
_TIMES = 3
READ_BACK = "plus one zero six, one seven two, eight zero three, two six"


async def play(call: Call) -> None:
    await call.is_asked_for_a_person()
    await call.maria.presses("decline")
    await call.jonas.is_told()
    await call.jonas.presses("decline")
    await call.caller.is_told("Would you like a colleague to call you back")
    await call.caller.hears("ai")
    await call.caller.asks("Yes, please.")
    await _give_the_number(call)
    await call.caller.asks("Yes, that is right.")
    row = await call.rows.reaches("unanswered")
    noted = (row["callback"] or {}).get("phone")
    call.stage.expect(noted == NUMBER, "the number that was noted is not the one that was said")
    await call.maria.is_told()
    done = await _complete(call, str(row["id"]))
    call.stage.expect(done["callback"]["completed_at"], "the call back could not be completed")
    await call.ends(status="unanswered")


async def _give_the_number(call: Call) -> None:
    """Once more when it is read back wrongly or asked for again, as people do on the telephone."""
    for time in range(1, _TIMES + 1):
        await call.caller.asks(TELLS)
        if call.caller.was_told(READ_BACK):
            call.stage.figures.append(f"the number was read back rightly at time {time}")
            return
    call.stage.complaints.append("the number was never read back rightly")


async def _complete(call: Call, escalation_id: str) -> dict[str, dict[str, str]]:
    stack = call.stage.stack
    headers = {"Authorization": f"Bearer {stack.service_key}"}
    async with httpx.AsyncClient(base_url=stack.api_url, headers=headers, timeout=35) as api:
        answer = await api.post(f"/v1/escalations/{escalation_id}/callback/complete", json={})
        return dict(answer.raise_for_status().json())
