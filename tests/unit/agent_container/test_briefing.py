"""The brief is made beside the call, is kept fresh while somebody is awaited, and holds nothing up."""

import asyncio
from collections.abc import Callable

import pytest

from agent_container.brief_writer import BriefWriter
from agent_container.briefing import Briefing
from agent_container.errors import ApiRefusedError, ApiUnreachableError
from agent_container.escalation import Line
from tests.unit.agent_container.clock import jumping_clock
from tests.unit.agent_container.fakes import FakeApi

FIRST = Line(role="caller", text="my last invoice is much too high")
SECOND = Line(role="caller", text="and the one before that was wrong too")


class House:
    def __init__(self) -> None:
        self.api = FakeApi()
        self.said: list[Line] = [FIRST]
        self.awaited = True
        self.briefing = Briefing(
            api=self.api,
            writer=BriefWriter(None),
            transcript=lambda: tuple(self.said),
            awaited=lambda: self.awaited,
        )


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr("agent_container.briefing.REFRESHED_EVERY", 0.01)
    return House()


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 (watches the world from outside)
            await asyncio.sleep(0.002)


async def test_it_is_sent_at_once_and_again_when_more_was_said(house: House) -> None:
    house.briefing.begin("esc_1", "a wrong bill")
    await until(lambda: house.api.briefs)
    house.said.append(SECOND)

    await until(lambda: len(house.api.briefs[-1][1].transcript) == 2)
    house.briefing.end()

    assert house.api.briefs[0][0] == "esc_1"
    assert house.api.briefs[0][1].summary == "a wrong bill"


@jumping_clock
async def test_nothing_is_sent_twice(house: House) -> None:
    house.briefing.begin("esc_1")
    house.briefing.begin("esc_1")
    await until(lambda: len(house.api.briefs) == 2)
    await asyncio.sleep(0.1)
    house.briefing.end()

    assert len(house.api.briefs) == 2


@jumping_clock
async def test_nothing_new_is_told_of_a_call_that_a_human_has(house: House) -> None:
    house.awaited = False
    house.briefing.begin("esc_1")
    await until(lambda: house.api.briefs)
    house.said.append(SECOND)
    await asyncio.sleep(0.1)
    house.briefing.end()

    assert len(house.api.briefs) == 1


@jumping_clock
async def test_it_ends_when_the_api_takes_no_more(house: House) -> None:
    house.api.brief_failure = ApiRefusedError(status=410, error="EscalationEndedError")
    house.briefing.begin("esc_1")
    await until(lambda: house.api.briefs)
    house.said.append(SECOND)
    await asyncio.sleep(0.1)

    assert len(house.api.briefs) == 1


async def test_an_api_that_is_away_gets_the_next_one(house: House) -> None:
    house.api.brief_failure = ApiUnreachableError("ConnectError")
    house.briefing.begin("esc_1")
    await until(lambda: house.api.briefs)
    house.api.brief_failure = None
    house.said.append(SECOND)

    await until(lambda: len(house.api.briefs[-1][1].transcript) == 2)
    house.briefing.end()


async def test_another_request_has_a_brief_of_its_own(house: House) -> None:
    house.briefing.begin("esc_1")
    await until(lambda: house.api.briefs)
    house.briefing.begin("esc_2")

    await until(lambda: house.api.briefs[-1][0] == "esc_2")
    house.briefing.end()
