"""A request that is over is noticed even when nobody tells."""

import asyncio
from dataclasses import replace

import pytest

from agent_container.errors import ApiUnreachableError
from agent_container.request_watch import ASKED_EVERY, RequestWatch
from agent_container.transfer import Call, Transfer
from tests.unit.agent_container.clock import jumping_clock
from tests.unit.agent_container.fakes import FakeApi, escalation

CALL = Call(room="room-1", room_sid="RM_1", caller_identity="caller-1", agent_identity="agent-AJ_1")


class House:
    def __init__(self) -> None:
        self.api = FakeApi()
        self.over: list[tuple[str, str]] = []
        self.transfer = Transfer(api=self.api, call=CALL)
        self.watch = RequestWatch(api=self.api, transfer=self.transfer, over=self.hears)
        self.transfer.adopt(escalation())

    def hears(self, escalation_id: str, status: str) -> None:
        self.over.append((escalation_id, status))
        self.transfer.end(escalation_id)


@pytest.mark.parametrize("status", ["unanswered", "cancelled", "completed"])
def test_an_end_that_nobody_told_is_noticed(status: str) -> None:
    @jumping_clock
    async def lived() -> None:
        house = House()
        await asyncio.sleep(ASKED_EVERY + 1)
        assert house.over == []

        house.api.answer = escalation(status=status)
        await asyncio.sleep(2 * ASKED_EVERY)

        assert house.over == [("esc_1", status)]

    lived()


@jumping_clock
async def test_an_api_that_does_not_answer_is_asked_again() -> None:
    house = House()
    house.api.answer = escalation(status="unanswered")
    house.api.failure = ApiUnreachableError("ConnectError")
    await asyncio.sleep(3 * ASKED_EVERY)
    assert house.over == []

    house.api.is_up()
    await asyncio.sleep(ASKED_EVERY)

    assert house.over == [("esc_1", "unanswered")]


@jumping_clock
async def test_what_was_told_while_the_answer_was_on_its_way_is_not_told_again() -> None:
    house = House()
    house.api.answer = escalation(status="unanswered")
    house.api.gate = asyncio.Event()
    await asyncio.sleep(ASKED_EVERY + 1)

    house.transfer.end("esc_1")
    house.api.gate.set()
    await asyncio.sleep(1)

    assert house.over == []


@jumping_clock
async def test_the_next_request_is_watched_as_well() -> None:
    house = House()
    house.transfer.end("esc_1")
    await asyncio.sleep(ASKED_EVERY + 1)

    house.transfer.adopt(replace(escalation(), id="esc_2"))
    house.api.answer = replace(escalation(status="unanswered"), id="esc_2")
    await asyncio.sleep(ASKED_EVERY + 1)

    assert house.over == [("esc_2", "unanswered")]


@jumping_clock
async def test_nothing_is_asked_once_the_session_is_over() -> None:
    house = House()
    house.watch.end()
    house.api.answer = escalation(status="unanswered")

    await asyncio.sleep(2 * ASKED_EVERY)

    assert house.over == []
