"""Eight browsers press Join at once: one gets the call, seven are told who has it."""

import asyncio
from collections.abc import Awaitable, Iterable
from typing import TypeVar

from local.rehearsal.scenarios.browser import Answer, Browser
from local.rehearsal.scenarios.call import Call

_RACERS = 8
_T = TypeVar("_T")


async def play(call: Call) -> None:
    browsers = [Browser() for _ in range(_RACERS)]
    try:
        # As many doors are open then, and the claims really meet.
        await _at_once(browser.look(f"{call.stage.stack.api_url}/healthz") for browser in browsers)
        await call.is_asked_for_a_person()
        answers = await _at_once(browser.press(call.maria.link, "claim") for browser in browsers)
    finally:
        await _at_once(browser.close() for browser in browsers)
    _judge(call, answers)
    await call.is_joined(by=call.maria)
    await call.ends()


def _judge(call: Call, answers: list[Answer]) -> None:
    won = [answer for answer in answers if answer.status == 200]
    lost = [answer for answer in answers if answer.status == 409]
    call.stage.figures.append(f"{len(won)} of {len(answers)} claims won, {len(lost)} were refused with 409")
    statuses = sorted(answer.status for answer in answers)
    call.stage.expect(statuses == [200] + [409] * (_RACERS - 1), f"the claims were answered with {statuses}")
    named = sum(call.maria.name in answer.detail for answer in lost)
    call.stage.expect(named == len(lost), f"only {named} of the losers were told who has the call")
    call.maria.seat = won[0].body


async def _at_once(doing: Iterable[Awaitable[_T]]) -> list[_T]:
    return list(await asyncio.gather(*doing))
