"""Nobody comes: the second tier is told, then the AI says so and offers a call back."""

from local.rehearsal.scenarios.call import Call

_ANSWER_S = 45
# A look comes when a tier's time is over; the queue behind it may be this late.
_LATE_S = 10


async def play(call: Call) -> None:
    await call.is_asked_for_a_person()
    asked = call.stage.chronicle.at("sms_sent") or 0.0
    tier = call.stage.scaled(_ANSWER_S)
    await call.jonas.is_told(within_s=tier + 2 * _LATE_S)
    told = call.stage.chronicle.at("sms_sent") or 0.0
    call.stage.measure("the second tier was told after the first", told - asked, limit_s=tier + _LATE_S)
    row = await call.rows.reaches("unanswered", within_s=tier + 2 * _LATE_S)
    ended = call.stage.chronicle.at("seen_unanswered") or 0.0
    call.stage.measure("unanswered after the second tier was told", ended - told, limit_s=tier + _LATE_S)
    await call.caller.is_told("nobody is free right now")
    call.stage.expect(row["people_told"] == 2, f"{row['people_told']} people were told")
    answer = await call.maria.presses("claim")
    call.stage.expect(answer.status == 410, f"the link answered {answer.status} when all was over")
    await call.ends(status="unanswered")
