"""LiveKit's server API answers the functions with errors, or too late."""

from local.rehearsal.chaos.act import Act
from local.rehearsal.chaos.faults import Strike, answered, cut_after, slow

_FOUND_BY_A_LOOK_S = 20


async def unavailable(act: Act) -> None:
    await _with(act, answered(503))


async def too_slow(act: Act) -> None:
    await _with(act, slow(2))


async def unsure(act: Act) -> None:
    """What was asked for is done, and the answer is lost."""
    await _with(act, cut_after)


async def _with(act: Act, strike: Strike) -> None:
    with act.detour.hurt(act.fault("livekit", strike, chance=0.5)):
        await act.goes_well(ends_within_s=_FOUND_BY_A_LOOK_S)
