"""Music while the caller waits, and for no moment longer."""

import asyncio

import numpy as np
import pytest

from agent_container.hold_music import TRACK, HoldMusic
from agent_container.melody import RATE, melody
from agent_container.sound_track import SoundTrack
from tests.unit.agent_container.fakes import FakeRoom, FakeSession


class House:
    def __init__(self) -> None:
        self.room, self.session, self.waits = FakeRoom(), FakeSession(), True
        self.track = SoundTrack(self.room.as_room, name=TRACK)
        HoldMusic(session=self.session.as_session, track=self.track, waiting=lambda: self.waits)

    def queued(self) -> float:
        return self.track._source.queued_duration if self.track._source else 0.0

    async def becomes_quiet(self) -> None:
        self.session.agent_state = "listening"
        self.session.emit("agent_state_changed", None)
        await asyncio.sleep(0.05)

    async def plays(self) -> None:
        async with asyncio.timeout(5):
            while not self.queued():  # noqa: ASYNC110 (a source tells nobody what it has queued)
                await asyncio.sleep(0.005)


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr("agent_container.hold_music.QUIET_FOR", 0.01)
    return House()


async def test_it_is_played_once_nobody_has_spoken_for_a_while(house: House) -> None:
    await house.becomes_quiet()
    await house.plays()

    assert [track.name for track in house.room.local_participant.published] == [TRACK]
    house.track.stop()


@pytest.mark.parametrize("who", ["agent", "user"])
async def test_it_gives_way_to_whoever_speaks(house: House, who: str) -> None:
    await house.becomes_quiet()
    await house.plays()

    setattr(house.session, f"{who}_state", "speaking")
    house.session.emit(f"{who}_state_changed", None)

    assert house.queued() == 0
    await asyncio.sleep(0.05)
    assert house.queued() == 0


async def test_nobody_who_does_not_wait_hears_it(house: House) -> None:
    house.waits = False

    await house.becomes_quiet()

    assert house.room.local_participant.published == []


async def test_a_word_before_it_begins_puts_it_off(house: House) -> None:
    house.session.emit("agent_state_changed", None)
    house.session.user_state = "speaking"
    house.session.emit("user_state_changed", None)
    await asyncio.sleep(0.05)

    assert house.room.local_participant.published == []


async def test_it_ends_with_the_session(house: House) -> None:
    await house.becomes_quiet()
    await house.plays()

    house.session.emit("close", None)

    assert house.queued() == 0


def test_the_music_is_soft_and_has_no_seam() -> None:
    samples = np.frombuffer(melody(), "<i2").astype(np.int32)

    assert samples.size > 5 * RATE
    assert 300 < np.abs(samples).max() < 2_000
    assert max(abs(int(samples[0])), abs(int(samples[-1]))) < 5
