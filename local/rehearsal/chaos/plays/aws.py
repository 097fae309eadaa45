"""AWS refuses the functions, does not answer, or did what was asked and is not heard."""

import json

from local.rehearsal.chaos.act import Act
from local.rehearsal.chaos.faults import Strike, answered, cut_after, cut_before, slow
from local.rehearsal.clock import now

_TABLE, _QUEUE, _TOPIC = "dynamodb", "sqs", "sns"
_OFTEN = 0.35
_ENDS_WITHIN_S = 30
_TOO_MUCH = json.dumps(
    {
        "__type": "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
        "message": "The level of configured provisioned throughput for the table was exceeded",
    }
).encode()
_JSON = "application/x-amz-json-1.0"


async def table_throttled(act: Act) -> None:
    await _with(act, _TABLE, answered(400, _TOO_MUCH, Content_Type=_JSON))


async def table_fails(act: Act) -> None:
    await _with(act, _TABLE, answered(500, b"{}", Content_Type=_JSON))


async def table_silent_before(act: Act) -> None:
    await _with(act, _TABLE, cut_before)


async def table_silent_after(act: Act) -> None:
    await _with(act, _TABLE, cut_after)


async def table_slow(act: Act) -> None:
    await _with(act, _TABLE, slow(0.8))


async def queue_fails(act: Act) -> None:
    await _with(act, _QUEUE, answered(500, b"{}", Content_Type=_JSON), path="SendMessage")


async def topic_down(act: Act) -> None:
    """Nobody can be told for some seconds."""
    with act.detour.hurt(act.fault(_TOPIC, answered(503), everywhere=True, until=now() + 4)):
        await act.asks()
        await act.maria.is_told(within_s=90)
    await act.is_taken_over()
    await act.hangs_up()


async def _with(act: Act, kind: str, strike: Strike, *, path: str = "") -> None:
    fault = act.fault(kind, strike, everywhere=True, chance=_OFTEN, path=path)
    with act.detour.hurt(fault):
        await act.asks()
        await act.maria.is_told(within_s=90)
        await act.maria.claims_in_the_end()
        await act.is_joined(by=act.maria)
        await act.hangs_up(within_s=_ENDS_WITHIN_S)
