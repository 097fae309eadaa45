"""Recorded sentences: where they come from, and how they are played into a room."""

import asyncio
import wave
from pathlib import Path

import pytest

from agent_container import clips
from agent_container.clip_player import ClipPlayer
from tests.unit.agent_container.fakes import FakeRoom

SECOND = b"\x01\x02" * clips.RATE


def recorded(folder: Path, *, rate: int = clips.RATE) -> Path:
    with wave.open(str(folder / "moment.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(SECOND)
    return folder


def test_a_recording_is_played_as_it_is(tmp_path: Path) -> None:
    assert clips.load("moment", recorded(tmp_path)) == SECOND


def test_without_a_recording_there_are_tones_and_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    heard = clips.load("moment", tmp_path)

    assert len(heard) == pytest.approx(0.6 * clips.RATE * 2, rel=0.01)
    assert "a clip is missing" in caplog.text


def test_a_recording_at_another_rate_is_not_played_at_the_wrong_speed(tmp_path: Path) -> None:
    assert clips.load("moment", recorded(tmp_path, rate=8_000)) == clips.tones()


async def playing(player: ClipPlayer) -> bool:
    async with asyncio.timeout(5):
        while (source := player._track._source) is None or source.queued_duration == 0:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    return True


async def test_a_clip_is_played_on_a_track_of_its_own_and_stops_at_once() -> None:
    room = FakeRoom()
    player = ClipPlayer(room.as_room, load=lambda _name: SECOND)

    player.play("moment")
    assert await playing(player)
    player.stop()

    assert player._track._source is not None
    assert player._track._source.queued_duration == 0
    assert [track.name for track in room.local_participant.published] == ["handoff_clips"]


async def test_the_track_is_published_once() -> None:
    room = FakeRoom()
    player = ClipPlayer(room.as_room, load=lambda _name: SECOND[:4800])

    for _ in range(2):
        player.play("moment")
        assert await playing(player)
        assert player._track._playing is not None
        await player._track._playing

    assert len(room.local_participant.published) == 1


async def test_a_room_that_takes_no_track_is_only_logged(caplog: pytest.LogCaptureFixture) -> None:
    room = FakeRoom()
    room.local_participant.failure = RuntimeError("closed")
    player = ClipPlayer(room.as_room, load=lambda _name: SECOND)

    player.play("moment")
    assert player._track._playing is not None
    await asyncio.wait({player._track._playing})
    await asyncio.sleep(0)

    assert "a sound could not be played" in caplog.text
