"""The brief is spoken to the human alone, and for no moment longer than they listen."""

import asyncio
from collections.abc import Callable

import pytest

from agent_container.brief import Brief
from agent_container.private_briefing import TRACK, PrivateBriefing
from agent_container.sound_track import SoundTrack
from tests.unit.agent_container.fakes import (
    JONAS,
    MARIA,
    FakeLocalPublication,
    FakeParticipant,
    FakePresence,
    FakePublication,
    FakeRoom,
)
from tests.unit.agent_container.talking import Humming

CALLER = FakeParticipant(identity="caller-1")
HUMAN = FakeParticipant(identity=MARIA)
BRIEF = Brief(summary="A wrong bill.", lines=(), transcript=())


class Names:
    async def name_of(self, identity: str) -> str | None:
        return None if identity == JONAS else "Maria"


class House:
    def __init__(self) -> None:
        self.room = FakeRoom(CALLER, HUMAN)
        self.me = self.room.local_participant
        self.me.track_publications["TR_0"] = FakeLocalPublication(sid="TR_0", name="voice")
        self.presence = FakePresence()
        self.awaited = True
        self.voice = Humming()
        self.track = SoundTrack(self.room.as_room, name=TRACK)
        self.briefing = PrivateBriefing(
            room=self.room.as_room,
            track=self.track,
            voice=self.voice,
            presence=self.presence,
            confirmation=Names(),
            brief=lambda: BRIEF,
            awaited=lambda: self.awaited,
        )

    def joins(self, who: FakeParticipant, *, muted: bool = True) -> None:
        self.room.emit("track_subscribed", None, FakePublication(muted=muted), who)

    def unmutes(self) -> None:
        self.room.emit("track_unmuted", HUMAN, FakePublication())

    async def is_telling(self) -> None:
        async with asyncio.timeout(5):
            while not self.me.published:  # noqa: ASYNC110
                await asyncio.sleep(0.005)

    async def is_over(self) -> None:
        assert self.briefing._telling is not None
        async with asyncio.timeout(5):
            await self.briefing._telling


async def test_the_human_alone_may_hear_it_and_everybody_the_rest() -> None:
    house = House()

    house.joins(HUMAN)
    await house.is_telling()
    assert house.me.audience == {"caller-1": ["TR_0"], MARIA: "all"}
    assert not house.me.is_public
    await house.is_over()

    assert [track.name for track in house.me.published] == [TRACK]
    assert house.voice.said == [
        "Only you can hear this.\nA wrong bill.\nThe caller hears you once you turn your microphone on."
    ]
    assert house.me.unpublished == ["TR_1"]
    assert house.me.is_public


async def test_whoever_and_whatever_comes_meanwhile_is_named_too() -> None:
    house = House()
    house.joins(HUMAN)
    await house.is_telling()

    house.me.track_publications["TR_9"] = FakeLocalPublication(sid="TR_9", name="clips")
    house.room.emit("local_track_published", None, None)
    house.room.joins(FakeParticipant(identity="observer-1"))

    assert house.me.audience == {"caller-1": ["TR_0", "TR_9"], MARIA: "all", "observer-1": ["TR_0", "TR_9"]}
    await house.is_over()


@pytest.mark.parametrize(
    "end",
    [House.unmutes, lambda house: house.room.leaves(HUMAN), lambda house: house.room.emit("reconnecting")],
)
async def test_it_ends_at_once(end: Callable[[House], None]) -> None:
    house = House()
    house.voice.seconds = 60
    house.joins(HUMAN)
    await house.is_telling()

    end(house)
    await house.is_over()

    assert house.me.unpublished == ["TR_1"]
    assert house.me.is_public


async def test_it_is_told_once_and_again_to_whoever_comes_back() -> None:
    house = House()
    for _ in range(2):
        house.joins(HUMAN)
        await house.is_over()
    assert len(house.voice.said) == 1

    house.room.leaves(HUMAN)
    house.room.joins(HUMAN)
    house.joins(HUMAN)
    await house.is_over()

    assert len(house.voice.said) == 2


async def nothing(house: House) -> None:
    del house


async def is_heard(house: House) -> None:
    house.presence.heard.add(MARIA)


async def is_not_awaited(house: House) -> None:
    house.awaited = False


@pytest.mark.parametrize(
    ("who", "muted", "meanwhile"),
    [
        (CALLER, True, nothing),
        (HUMAN, False, nothing),
        (FakeParticipant(identity=JONAS), True, nothing),
        (HUMAN, True, is_heard),
        (HUMAN, True, is_not_awaited),
    ],
)
async def test_nobody_else_is_told(
    who: FakeParticipant, *, muted: bool, meanwhile: Callable[[House], object]
) -> None:
    house = House()
    house.joins(who, muted=muted)
    await meanwhile(house)  # type: ignore[misc]
    if house.briefing._telling:
        await house.is_over()

    assert house.voice.said == []
    assert house.me.is_public
    assert house.me.published == []


async def test_a_room_that_takes_no_track_is_open_to_everybody_again() -> None:
    house = House()
    house.me.failure = RuntimeError("closed")

    house.joins(HUMAN)
    await house.is_over()

    assert house.me.is_public
