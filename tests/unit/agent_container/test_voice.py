"""The exit latch's hold on a session."""

import asyncio

from livekit import rtc

from agent_container.voice import SessionVoice
from tests.unit.agent_container.clock import jumping_clock
from tests.unit.agent_container.fakes import FakePublication, FakeRoom, FakeSession


def room_with_a_track() -> tuple[FakeRoom, rtc.LocalAudioTrack]:
    track = rtc.LocalAudioTrack.create_audio_track("voice", rtc.AudioSource(24000, 1))
    room = FakeRoom()
    room.local_participant.track_publications |= {
        "TR_A": FakePublication(track=track),
        "TR_B": FakePublication(),
    }
    return room, track


def test_silence_falls_in_one_step_and_takes_the_words_with_it() -> None:
    session = FakeSession()

    SessionVoice(session.as_session).silence()

    assert session.steps == ["interrupt by force", "clear the caller's turn"]
    assert not session.output.audio
    assert not session.output.transcription
    assert not session.input.audio


def test_a_session_that_has_not_begun_can_be_silenced_too() -> None:
    session = FakeSession()
    session.running = False
    voice = SessionVoice(session.as_session)

    voice.silence()
    voice.announce("nobody hears this")

    assert not session.output.audio


def test_resuming_gives_voice_and_ears_back() -> None:
    session = FakeSession()
    voice = SessionVoice(session.as_session)

    voice.silence()
    voice.resume()
    voice.announce("I am still here")

    assert session.steps[-1] == "say aloud: I am still here"
    assert session.input.audio
    assert session.output.transcription


async def test_what_is_already_on_its_way_to_the_caller_is_muted_until_the_voice_is_given_back() -> None:
    session = FakeSession()
    room, track = room_with_a_track()
    voice = SessionVoice(session.as_session, room.as_room)

    voice.silence()
    assert track.muted
    voice.resume()

    assert not track.muted


async def test_the_track_is_open_for_the_farewell_only() -> None:
    session = FakeSession()
    session.speaks_for_ever = True
    room, track = room_with_a_track()
    voice = SessionVoice(session.as_session, room.as_room)
    voice.silence()
    goodbye = asyncio.create_task(voice.farewell("Goodbye."))
    await asyncio.sleep(0)
    assert not track.muted

    goodbye.cancel()
    await asyncio.wait({goodbye})
    voice.silence()

    assert track.muted


async def test_a_room_that_is_lost_has_no_tracks_to_mute() -> None:
    session = FakeSession()
    room, track = room_with_a_track()
    room.connected = False

    SessionVoice(session.as_session, room.as_room).silence()

    assert not track.muted
    assert not session.output.audio


async def test_the_farewell_is_heard_while_the_ears_stay_shut_and_silence_follows() -> None:
    session = FakeSession()
    voice = SessionVoice(session.as_session)
    voice.silence()

    await voice.farewell("Goodbye.")

    assert "say aloud to the end: Goodbye." in session.steps
    assert not session.input.audio
    assert not session.output.audio


@jumping_clock
async def test_a_farewell_that_does_not_end_is_cut_off() -> None:
    session = FakeSession()
    session.speaks_for_ever = True
    started = asyncio.get_running_loop().time()

    await SessionVoice(session.as_session).farewell("Goodbye.")

    assert asyncio.get_running_loop().time() - started < 4.5
    assert session.steps[-2:] == ["interrupt by force", "clear the caller's turn"]


async def test_a_session_that_cannot_speak_does_not_keep_the_ai_in_the_room() -> None:
    session = FakeSession()
    session.running = False

    await SessionVoice(session.as_session).farewell("Goodbye.")

    assert not session.output.audio


async def test_a_farewell_called_off_does_not_take_the_voice_away_again() -> None:
    session = FakeSession()
    session.speaks_for_ever = True
    voice = SessionVoice(session.as_session)
    voice.silence()
    goodbye = asyncio.create_task(voice.farewell("Goodbye."))
    await asyncio.sleep(0)

    goodbye.cancel()
    voice.resume()
    voice.announce("I am still here")
    await asyncio.wait({goodbye})

    assert session.steps[-3:] == [
        "interrupt by force",
        "clear the caller's turn",
        "say aloud: I am still here",
    ]
    assert session.output.audio
    assert session.input.audio
