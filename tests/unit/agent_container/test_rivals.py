"""Never two AIs in one room, and never none because each makes way for the other."""

import asyncio
from dataclasses import replace

import pytest

from agent_container.rivals import GONE_WITHIN, another_ai_stays, has_earlier_ai
from tests.unit.agent_container.clock import jumping_clock
from tests.unit.agent_container.fakes import FakeLocalParticipant, FakeParticipant, FakeRoom, another_ai


def stays(*present: FakeParticipant) -> bool:
    return has_earlier_ai(FakeRoom(*present).as_room, agent_name="handoff-agent")


def test_an_ai_that_came_before_us_stays_and_one_that_comes_later_does_not() -> None:
    assert stays(another_ai(came=-0.001))
    assert not stays(another_ai(came=0.001))


def test_of_two_that_came_in_the_same_instant_exactly_one_stays() -> None:
    first, second = another_ai("agent-AJ_0", came=0), another_ai("agent-AJ_2", came=0)
    rooms = [FakeRoom(second), FakeRoom(first)]
    for room, us in zip(rooms, (first, second), strict=True):
        room.local_participant = FakeLocalParticipant(identity=us.identity, joined_at=us.joined_at)

    assert [has_earlier_ai(room.as_room, agent_name="handoff-agent") for room in rooms] == [False, True]


def test_one_of_unknown_arrival_came_before_us() -> None:
    assert stays(replace(another_ai(), joined_at=None))


@pytest.mark.parametrize(
    "other",
    [
        FakeParticipant(identity="caller-1"),
        replace(another_ai(), identity="noter-1"),
        replace(another_ai(), kind=FakeParticipant(identity="x").kind),
        another_ai(lk_agent_name="somebody-elses-agent"),
    ],
)
def test_only_another_of_our_own_ais_counts(other: FakeParticipant) -> None:
    assert not stays(other)
    assert stays(other, another_ai(lk_agent_name="handoff-agent"))


async def test_alone_with_the_caller_there_is_nothing_to_wait_for() -> None:
    room = FakeRoom(FakeParticipant(identity="caller-1"))

    assert not await another_ai_stays(room.as_room, agent_name="handoff-agent")


@jumping_clock
async def test_a_dead_ai_that_is_being_removed_is_waited_for() -> None:
    dead, caller = another_ai(), FakeParticipant(identity="caller-1")
    room = FakeRoom(dead, caller)
    waiting = asyncio.create_task(another_ai_stays(room.as_room, agent_name="handoff-agent"))
    await asyncio.sleep(0.1)

    room.leaves(caller)
    await asyncio.sleep(0.1)
    assert not waiting.done()
    room.leaves(dead)

    assert not await waiting


@jumping_clock
async def test_an_ai_that_stays_is_not_waited_for_any_longer() -> None:
    room = FakeRoom(another_ai())
    started = asyncio.get_running_loop().time()

    assert await another_ai_stays(room.as_room, agent_name="handoff-agent")

    assert asyncio.get_running_loop().time() - started == pytest.approx(GONE_WITHIN)


async def test_the_ai_whose_place_we_take_is_no_rival() -> None:
    room = FakeRoom(another_ai())

    assert not await another_ai_stays(room.as_room, agent_name="handoff-agent", replaced="agent-AJ_0")
