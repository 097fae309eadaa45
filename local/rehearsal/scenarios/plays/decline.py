"""Maria cannot: the next tier is told at once instead of after her time, and Jonas takes the call."""

from local.rehearsal.clock import now
from local.rehearsal.scenarios.call import Call

_AT_ONCE_S = 5.0


async def play(call: Call) -> None:
    await call.is_asked_for_a_person()
    declined = now()
    answer = await call.maria.presses("decline")
    call.stage.expect(answer.status == 200, f"the decline was answered with {answer.status}")
    await call.jonas.is_told()
    told = call.stage.chronicle.at("sms_sent") or declined
    call.stage.measure("the next tier was told after the decline", told - declined, limit_s=_AT_ONCE_S)
    # Had he claimed before it was said, the caller would have heard that he comes instead.
    await call.caller.is_told("Maria cannot join")
    await call.jonas.claims()
    await call.is_joined(by=call.jonas)
    await call.ends()
