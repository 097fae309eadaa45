"""Maria claims and never comes: the claim is released, she is told once more, and then it works."""

from local.rehearsal.scenarios.call import Call
from local.rehearsal.scenarios.rows import changes

_CLAIM_S = 60
# A release is found by a look, and looks are up to this far apart.
_LOOK_S = 15


async def play(call: Call) -> None:
    await call.is_asked_for_a_person()
    await call.maria.claims()
    claimed = call.stage.chronicle.note("waiting_in_vain", actor="human").at
    await call.maria.is_told(within_s=call.stage.scaled(_CLAIM_S) + _LOOK_S + 10)
    told = call.stage.chronicle.at("sms_sent") or claimed
    limit = call.stage.scaled(_CLAIM_S) + _LOOK_S
    call.stage.measure("told again after the claim", told - claimed, limit_s=limit)
    row = await call.rows.reaches("notified")
    call.stage.expect("released" in changes(row), "the timeline does not tell of the release")
    await call.is_taken_over()
    await call.ends()
