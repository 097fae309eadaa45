"""Maria says that she will be there in two minutes: the ladder waits for her, the caller is told."""

from local.rehearsal.clock import now
from local.rehearsal.scenarios.call import Call

_ANSWER_S = 45
_LOOK_S = 5


async def play(call: Call) -> None:
    await call.is_asked_for_a_person()
    answer = await call.maria.presses("eta", minutes=2)
    said = now()
    call.stage.expect(answer.status == 200, f"the time was answered with {answer.status}")
    await call.caller.is_told("Maria will be with you in about two minutes")
    waited = call.stage.scaled(_ANSWER_S) + _LOOK_S
    await call.stage.until("the next tier's turn", lambda: now() - said > waited, within_s=waited + 1)
    call.stage.expect(not await call.jonas.has_news(), "the next tier was told although Maria is coming")
    call.stage.figures.append(f"the next tier was not told within {waited:.0f} s")
    await call.is_taken_over()
    await call.ends()
