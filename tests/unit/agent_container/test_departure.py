"""How the AI leaves, and what the API hears of it."""

import asyncio
from typing import cast

import pytest

from agent_container.claims import ApiClaims
from agent_container.departure import JobDeparture
from agent_container.escalation_client import EscalationClient
from agent_container.transfer import Call, Transfer
from tests.unit.agent_container.clock import jumping_clock
from tests.unit.agent_container.fakes import MARIA, FakeApi, FakeSession, escalation

CALL = Call(room="room-1", room_sid="RM_1", caller_identity="caller-1", agent_identity="agent-AJ_1")


class House:
    def __init__(self) -> None:
        self.api = FakeApi()
        self.session = FakeSession()
        self.ended: list[str] = []
        self.transfer = Transfer(api=self.api, call=CALL)
        self.departure = JobDeparture(
            api=cast(EscalationClient, self.api),
            claims=ApiClaims(api=self.api, room="room-1", transfer=self.transfer),
            agent_identity="agent-AJ_1",
            session=self.session.as_session,
            end_job=self.ended.append,
        )
        self.session.on("close", lambda _event: self.departure.session_closed())


@jumping_clock
async def test_the_api_is_told_then_the_session_closes_and_the_job_ends() -> None:
    house = House()
    house.transfer.adopt(escalation())

    await house.departure.leave(human_identity=MARIA, way="room")

    assert house.api.left == [("esc_1", MARIA, "room")]
    assert house.session.steps == ["shut down, draining"]
    assert house.ended == ["the session is closed"]


@jumping_clock
async def test_a_slow_api_delays_the_leaving_by_a_second_at_most() -> None:
    house = House()
    house.transfer.adopt(escalation())
    house.api.gate = asyncio.Event()
    started = asyncio.get_running_loop().time()

    await house.departure.leave(human_identity=MARIA, way="server")

    assert asyncio.get_running_loop().time() - started <= 1.1
    assert house.departure.report is not None
    assert not house.departure.report.done()
    house.api.gate.set()
    await house.departure.report


@jumping_clock
async def test_an_api_that_is_down_does_not_keep_the_ai_in_the_room(caplog: pytest.LogCaptureFixture) -> None:
    house = House()
    house.transfer.adopt(escalation())
    house.api.is_down()

    await house.departure.leave(human_identity=MARIA, way="room")

    assert house.ended == ["the session is closed"]
    assert "the API was not told that the AI left" in caplog.text


@jumping_clock
async def test_a_session_that_hangs_does_not_keep_the_ai_in_the_room() -> None:
    house = House()
    house.session.closes = False

    await house.departure.leave(human_identity=MARIA, way="room")

    assert house.ended == ["the session did not close in time"]


@jumping_clock
async def test_somebody_who_joined_without_an_escalation_is_nobody_to_report_to_the_api() -> None:
    house = House()

    await house.departure.leave(human_identity=MARIA, way="room")

    assert house.api.left == []
