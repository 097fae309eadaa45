"""The exit latch's hold on a session."""

import asyncio

from livekit import rtc
from livekit.agents import io
from livekit.agents.voice.room_io import _output

from agent_container.voice import SessionVoice
from tests.unit.agent_container.clock import jumping_clock
from tests.unit.agent_container.fakes import FakeRoom, FakeSession


def test_silence_falls_in_one_step_and_takes_the_words_with_it() -> None:
    session = FakeSession()

    SessionVoice(session.as_session).silence()

    assert session.steps == ["interrupt by force", "clear the caller's turn"]
    assert not session.output.audio_enabled
    assert not session.output.transcription
    assert not session.input.audio_enabled


class Filter(io.AudioOutput):
    """A sink in front of the one that publishes, as the framework puts some."""

    async def capture_frame(self, frame: rtc.AudioFrame) -> None:
        raise NotImplementedError

    def flush(self) -> None:
        raise NotImplementedError

    def clear_buffer(self) -> None:
        raise NotImplementedError


async def test_silence_empties_what_is_queued_for_the_track_without_waiting_for_the_loop() -> None:
    publishing = _output._ParticipantAudioOutput(
        FakeRoom().as_room, sample_rate=24000, num_channels=1, track_publish_options=rtc.TrackPublishOptions()
    )
    await publishing._audio_source.capture_frame(rtc.AudioFrame.create(24000, 1, 2400))
    session = FakeSession()
    session.output.audio = Filter(
        label="filter", capabilities=io.AudioOutputCapabilities(pause=True), next_in_chain=publishing
    )
    queued = publishing._audio_source.queued_duration

    SessionVoice(session.as_session).silence()

    assert queued > 0
    assert publishing._audio_source.queued_duration == 0
    await publishing.aclose()


def test_a_session_that_has_not_begun_can_be_silenced_too() -> None:
    session = FakeSession()
    session.running = False
    voice = SessionVoice(session.as_session)

    voice.silence()
    voice.announce("nobody hears this")

    assert not session.output.audio_enabled


def test_resuming_gives_voice_and_ears_back() -> None:
    session = FakeSession()
    voice = SessionVoice(session.as_session)

    voice.silence()
    voice.resume()
    voice.announce("I am still here")

    assert session.steps[-1] == "say aloud: I am still here"
    assert session.input.audio_enabled
    assert session.output.transcription


async def test_the_farewell_is_heard_while_the_ears_stay_shut_and_silence_follows() -> None:
    session = FakeSession()
    voice = SessionVoice(session.as_session)
    voice.silence()

    await voice.farewell("Goodbye.")

    assert "say aloud to the end: Goodbye." in session.steps
    assert not session.input.audio_enabled
    assert not session.output.audio_enabled


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

    assert not session.output.audio_enabled


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
    assert session.output.audio_enabled
    assert session.input.audio_enabled


def test_news_that_wait_for_their_turn_are_overtaken_by_newer_ones() -> None:
    session = FakeSession()
    session.speaks_for_ever = True
    voice = SessionVoice(session.as_session)
    voice.announce("Maria is on her way.")
    session.current_speech = session.speeches[0]

    for text in ("Maria cannot come.", "Jonas has been asked.", "Nobody is free."):
        voice.announce(text)

    assert [speech.dropped for speech in session.speeches] == [False, True, True, False]
