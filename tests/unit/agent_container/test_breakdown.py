"""The AI itself fails: who is called, and what the caller hears meanwhile."""

import asyncio
from collections.abc import Callable

import pytest

from agent_container.breakdown import Breakdown
from agent_container.errors import ApiUnreachableError
from agent_container.escalation import Line
from agent_container.transfer import Call, Transfer
from tests.unit.agent_container.clock import jumping_clock
from tests.unit.agent_container.fakes import FakeApi, FakeClips, escalation

CALL = Call(room="room-1", room_sid="RM_1", caller_identity="caller-1", agent_identity="agent-AJ_1")
SAID = (Line(role="caller", text="my bill is wrong"),)


class House:
    def __init__(self) -> None:
        self.api = FakeApi()
        self.clips = FakeClips()
        self.transfer = Transfer(api=self.api, call=CALL)
        self.may_speak = True
        self.hushed = 0
        self.breakdown = Breakdown(
            transfer=self.transfer,
            clips=self.clips,
            may_speak=lambda: self.may_speak,
            hush=self._hush,
            transcript=lambda: SAID,
        )

    def _hush(self) -> None:
        self.hushed += 1


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr("agent_container.breakdown.ASK_AGAIN_AFTER", 0.01)
    monkeypatch.setattr("agent_container.breakdown.STILL_HERE_EVERY", 0.01)
    return House()


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 (watches the world from outside)
            await asyncio.sleep(0.002)


async def test_a_person_is_called_and_the_caller_is_told(house: House) -> None:
    house.breakdown.failed("tts_error")
    await until(lambda: house.transfer.escalation_id)

    assert house.hushed == 1
    assert house.clips.played[0] == "trouble"
    _, request = house.api.opened[0]
    assert (request.reason, request.transcript) == ("ai_failure", SAID)
    house.breakdown.stop()


async def test_the_caller_is_not_left_in_silence_while_a_person_is_on_the_way(house: House) -> None:
    house.breakdown.failed("llm_error")

    await until(lambda: house.clips.played.count("still_here") >= 2)
    house.breakdown.stop()

    assert house.clips.playing is None


async def test_it_asks_once_however_often_the_ai_fails(house: House) -> None:
    for _ in range(3):
        house.breakdown.failed("llm_error")
        await until(lambda: house.transfer.escalation_id)

    assert len(house.api.opened) == 1
    house.breakdown.stop()


async def test_it_asks_until_the_api_takes_it(house: House) -> None:
    house.api.failure = ApiUnreachableError("ConnectError")
    house.breakdown.failed("llm_error")
    await until(lambda: len(house.api.opened) >= 2)
    house.api.is_up()

    await until(lambda: house.transfer.escalation_id)
    house.breakdown.stop()


@jumping_clock
async def test_when_nobody_is_free_it_says_so_and_leaves_it_at_that(house: House) -> None:
    house.api.answer = escalation(status="unanswered", people_told=0)
    house.breakdown.failed("llm_error")

    await until(lambda: "nobody" in house.clips.played)
    await asyncio.sleep(0.05)

    assert house.clips.played == ["trouble", "nobody"]
    house.breakdown.stop()


async def test_a_human_who_has_the_floor_is_not_talked_over(house: House) -> None:
    house.may_speak = False

    house.breakdown.reassure()
    house.breakdown.failed("tts_error")

    assert house.clips.played == []
    assert house.api.opened == []


@jumping_clock
async def test_an_ai_that_can_be_heard_again_is_not_talked_over_but_may_fail_again(house: House) -> None:
    house.breakdown.failed("tts_error")
    await until(lambda: house.transfer.escalation_id)

    house.breakdown.well()
    played = len(house.clips.played)
    await asyncio.sleep(0.05)
    assert len(house.clips.played) == played
    assert house.clips.playing is None

    house.breakdown.failed("tts_error")
    assert house.clips.played[-1] == "trouble"
    house.breakdown.stop()
