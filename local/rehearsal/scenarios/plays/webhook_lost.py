"""LiveKit's webhooks are lost for the whole call: the other way out and the reconciler suffice."""

from local.rehearsal.scenarios.call import Call
from local.rehearsal.scenarios.machines import lose_webhooks


async def play(call: Call) -> None:
    await lose_webhooks(call.stage)
    await call.is_asked_for_a_person()
    await call.is_taken_over()
    # Nobody tells that the caller left: a look finds out.
    await call.ends(within_s=40)
