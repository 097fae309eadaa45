"""Who the caller is, and what their leaving means."""

import asyncio

from livekit import rtc

from agent_container.caller import CallerWatch, find_caller
from tests.unit.agent_container.clock import jumping_clock
from tests.unit.agent_container.fakes import MARIA, FakeParticipant, FakeRoom


def watched(room: FakeRoom) -> tuple[CallerWatch, list[str]]:
    hung_up: list[str] = []
    watch = CallerWatch(room=room.as_room, identity="caller-1", hang_up=lambda: hung_up.append("now"))
    return watch, hung_up


async def test_the_caller_may_already_be_there_among_others() -> None:
    egress = FakeParticipant(identity="recorder", kind=rtc.ParticipantKind.PARTICIPANT_KIND_EGRESS)
    room = FakeRoom(FakeParticipant(identity=MARIA), egress, FakeParticipant(identity="sip_1"))

    assert await find_caller(room.as_room) == "sip_1"


async def test_the_caller_may_come_later() -> None:
    room = FakeRoom()
    finding = asyncio.create_task(find_caller(room.as_room))
    await asyncio.sleep(0)

    room.joins(FakeParticipant(identity=MARIA))
    room.joins(FakeParticipant(identity="caller-1"))
    room.joins(FakeParticipant(identity="caller-2"))

    assert await finding == "caller-1"


@jumping_clock
async def test_hanging_up_ends_the_call_at_once() -> None:
    room = FakeRoom()
    watch, hung_up = watched(room)

    room.leaves(FakeParticipant(identity="caller-1"), rtc.DisconnectReason.CLIENT_INITIATED)

    assert hung_up == ["now"]
    assert watch.left


@jumping_clock
async def test_a_lost_network_ends_the_call_after_a_while() -> None:
    room = FakeRoom()
    _, hung_up = watched(room)

    room.leaves(FakeParticipant(identity="caller-1"), rtc.DisconnectReason.CONNECTION_TIMEOUT)
    await asyncio.sleep(9.9)
    assert hung_up == []
    await asyncio.sleep(0.2)

    assert hung_up == ["now"]


@jumping_clock
async def test_a_caller_who_comes_back_in_time_finds_the_ai_there() -> None:
    room = FakeRoom()
    caller = FakeParticipant(identity="caller-1")
    watch, hung_up = watched(room)
    room.leaves(caller, rtc.DisconnectReason.CONNECTION_TIMEOUT)
    await asyncio.sleep(5)

    room.joins(caller)
    await asyncio.sleep(20)

    assert hung_up == []
    assert not watch.left


@jumping_clock
async def test_a_second_window_of_the_caller_and_other_people_leaving_change_nothing() -> None:
    room = FakeRoom()
    watch, hung_up = watched(room)

    room.leaves(FakeParticipant(identity="caller-1"), rtc.DisconnectReason.DUPLICATE_IDENTITY)
    room.leaves(FakeParticipant(identity=MARIA), rtc.DisconnectReason.CLIENT_INITIATED)
    room.joins(FakeParticipant(identity="caller-1"))
    room.joins(FakeParticipant(identity="someone"))
    await asyncio.sleep(20)

    assert hung_up == []
    assert not watch.left
