"""LiveKit's webhooks are doubled, late, out of order, lost, refused, slow, forged."""

from local.rehearsal.chaos.act import Act
from local.rehearsal.chaos.faults import Strike, answered, echoed, late, repeated, slow
from local.rehearsal.chaos.forgery import forged_webhooks, post
from local.rehearsal.clock import now

# Nobody tells that the caller left: a look finds out, and looks are up to fifteen seconds apart.
_FOUND_BY_A_LOOK_S = 20


async def doubled(act: Act) -> None:
    await _with(act, repeated(act.dice.randint(2, 5)))


async def replayed(act: Act) -> None:
    await _with(act, echoed(act.dice, least_s=2, most_s=8))


async def reordered(act: Act) -> None:
    await _with(act, late(act.dice, least_s=0, most_s=5), ends_within_s=10)


async def lost(act: Act) -> None:
    await _with(act, answered(200), ends_within_s=_FOUND_BY_A_LOOK_S)


async def refused(act: Act) -> None:
    """For sixteen seconds, in which LiveKit gives up."""
    await act.is_asked_for_a_person()
    with act.detour.hurt(act.fault("webhook", answered(500), until=now() + 16)):
        await act.is_taken_over()
        await act.hangs_up(within_s=_FOUND_BY_A_LOOK_S)


async def throttled(act: Act) -> None:
    with act.detour.hurt(act.fault("webhook", answered(429), chance=0.5)):
        await act.goes_well(ends_within_s=_FOUND_BY_A_LOOK_S)


async def answered_late(act: Act) -> None:
    """Longer than LiveKit or the gateway waits: all of a room's queue behind it."""
    await _with(act, slow(35), ends_within_s=_FOUND_BY_A_LOOK_S)


async def forged(act: Act) -> None:
    await act.is_asked_for_a_person()
    before = await act.rows.reaches("notified")
    for body, headers in forged_webhooks(act.stage.stack, act.stage.room, str(before["caller_identity"])):
        status = await post(act.stage.stack, body, headers)
        act.stage.expect(status == 401, f"a forged webhook was answered with {status}")
    after = await act.rows.reaches("notified")
    act.stage.expect(after["timeline"] == before["timeline"], "a forged webhook changed the escalation")
    await act.is_taken_over()
    await act.hangs_up()


async def _with(act: Act, strike: Strike, *, ends_within_s: float = 0) -> None:
    with act.detour.hurt(act.fault("webhook", strike)):
        await act.goes_well(ends_within_s=ends_within_s)
