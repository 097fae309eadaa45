"""A caller speaks over the AI during a handoff in a real room, heard and judged from outside."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tests.integration.worker.rooms import VOICE, House
from tests.integration.worker.scripted import ANSWER, WISH

OVER = "Hello? Are you still there? I am waiting."


async def while_the_ai_thinks(call: House) -> None:
    call.providers.thinks.clear()
    before = call.providers.asked
    await call.caller_says(WISH)
    await call.caller.until("a thought", lambda: call.providers.asked > before)
    await call.caller_says(OVER)
    call.providers.thinks.set()


async def while_the_request_is_on_its_way(call: House) -> None:
    call.api.answers.clear()
    await call.a_person_is_asked_for(WISH)
    call.providers.hearing.clear()
    speaking = asyncio.create_task(call.caller_says(OVER))
    async with asyncio.timeout(20):
        await call.providers.hearing.wait()
    call.api.answers.set()
    await speaking


async def while_the_answer_is_spoken(call: House) -> None:
    await call.a_person_is_asked_for(WISH)
    await call.caller.until("the answer", lambda: not call.caller.ear.quiet(f"ai/{VOICE}", for_s=0.3))
    await call.caller_says(OVER)


@pytest.mark.parametrize(
    "moment", [while_the_ai_thinks, while_the_request_is_on_its_way, while_the_answer_is_spoken]
)
async def test_the_request_is_made_once_and_the_human_gets_the_call(
    call: House, moment: Callable[[House], Awaitable[None]]
) -> None:
    await call.begin()

    await moment(call)
    await call.caller.until("the answer", lambda: ANSWER in call.providers.spoken)
    await call.ai_is_quiet()
    await call.human_joins(muted=False)
    # The farewell is talked over, too.
    await call.caller.mouth.say(OVER)
    await call.ai_leaves()

    assert {key for key, _ in call.api.opened} == {call.api.opened[0][0]}
    assert len(call.api.opened) == 1
    assert call.api.posted.count("POST /v1/escalations/esc_1/ai-left") == 1
