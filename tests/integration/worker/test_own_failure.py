"""Ears, mind or mouth fail in every way: the caller hears something in time, and a person is called."""

import asyncio

import pytest

from tests.integration.worker.calls import faulty_call
from tests.integration.worker.providers import FAULTS, Providers

HEARD_WITHIN = 3.0
CALLED_WITHIN = 15.0
SENTENCES = 2


async def test_as_long_as_all_is_well_nobody_is_called() -> None:
    async with Providers() as providers, faulty_call(providers) as call:
        await call.pause()
        ended = await call.caller_speaks()
        await call.something_is_heard(since=ended)
        await call.pause()

        assert call.first_heard(since=ended) < HEARD_WITHIN
        assert call.api.opened == []


@pytest.mark.parametrize("provider", ["stt", "llm", "tts"])
async def test_a_provider_fails(provider: str) -> None:
    """All kinds of failure at once: most of the time is spent waiting."""
    problems = await asyncio.gather(*(problems_of(provider, fault) for fault in FAULTS))

    assert dict(zip(FAULTS, problems, strict=True)) == {fault: [] for fault in FAULTS}


async def problems_of(provider: str, fault: str) -> list[str]:
    """What the caller would complain of."""
    async with Providers(**{provider: fault}) as providers, faulty_call(providers) as call:
        began = asyncio.get_running_loop().time()
        await asyncio.sleep(HEARD_WITHIN + 1)
        waits = [call.first_heard(since=began)]
        while not call.api.opened and len(waits) <= SENTENCES:
            ended = await call.caller_speaks()
            await asyncio.sleep(HEARD_WITHIN + 1)
            waits.append(call.first_heard(since=ended))
        complaints = [f"heard nothing for {wait:.1f} s" for wait in waits if wait > HEARD_WITHIN]
        if not await call.a_person_is_called(seconds=CALLED_WITHIN):
            complaints.append("nobody was called")
        return complaints
