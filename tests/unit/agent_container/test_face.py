"""When an avatar speaks for the AI, and when the AI speaks on its own track all the same."""

import asyncio
from typing import Any

import pytest
from livekit import rtc
from livekit.agents import io

from agent_container.face import Face
from agent_container.mouth import SessionMouth
from agent_container.voice import SessionVoice
from tests.unit.agent_container.fakes import FakeParticipant, FakeRoom, FakeSession

AVATAR = "avatar-agent-AJ_1"


class Sink(io.AudioOutput):
    def __init__(self, label: str, next_in_chain: io.AudioOutput | None = None) -> None:
        super().__init__(
            label=label,
            capabilities=io.AudioOutputCapabilities(pause=False),
            next_in_chain=next_in_chain,
        )
        self.cleared = 0

    async def capture_frame(self, frame: rtc.AudioFrame) -> None:
        await super().capture_frame(frame)

    def flush(self) -> None:
        super().flush()

    def clear_buffer(self) -> None:
        self.cleared += 1


class FakeVisits:
    identity = AVATAR

    def __init__(self, avatar: Sink) -> None:
        self.avatar = avatar
        self.asked = 0
        self.ended = 0
        self.comes = asyncio.Event()
        self.failure: Exception | None = None

    async def bring(self) -> io.AudioOutput:
        self.asked += 1
        await self.comes.wait()
        if self.failure:
            raise self.failure
        return self.avatar

    def end(self) -> None:
        self.ended += 1


class Stage:
    """A session whose sound goes through a filter, as the framework puts one, to the AI's own track."""

    def __init__(self) -> None:
        self.session, self.room = FakeSession(), FakeRoom()
        self.own, self.avatar = Sink("own"), Sink("avatar")
        self.output = io.AgentOutput(_nothing, _nothing, _nothing)
        self.output.audio = Sink("filter", self.own)
        as_any: Any = self.session
        as_any.output = self.output
        self.visits = FakeVisits(self.avatar)
        self.face = Face(room=self.room.as_room, session=self.session.as_session, visits=self.visits)
        self.voice = SessionVoice(self.session.as_session, face=self.face)

    def speaks_through(self) -> str:
        sink = self.output.audio
        while sink and sink.next_in_chain:
            sink = sink.next_in_chain
        return sink.label if sink else ""

    async def avatar_comes(self) -> None:
        self.face.show()
        self.visits.comes.set()
        await settled()


def _nothing() -> None: ...


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


@pytest.fixture
async def stage() -> Stage:
    return Stage()


async def test_the_ai_speaks_on_its_own_track_until_the_avatar_is_there(stage: Stage) -> None:
    stage.face.show()
    await settled()
    before = stage.speaks_through()

    stage.visits.comes.set()
    await settled()

    assert (before, stage.speaks_through()) == ("own", "avatar")


async def test_the_avatar_takes_over_between_two_sentences(stage: Stage) -> None:
    stage.session.pause.clear()
    await stage.avatar_comes()
    meanwhile = stage.speaks_through()

    stage.session.pause.set()
    await settled()

    assert (meanwhile, stage.speaks_through()) == ("own", "avatar")


async def test_one_that_does_not_come_costs_nothing_but_the_picture(stage: Stage) -> None:
    stage.visits.failure = TimeoutError()
    await stage.avatar_comes()
    stage.face.show()
    await settled()

    assert stage.speaks_through() == "own"
    assert (stage.visits.asked, stage.visits.ended) == (1, 1)


async def test_it_is_asked_for_once(stage: Stage) -> None:
    await stage.avatar_comes()
    stage.voice.resume()
    await settled()

    assert stage.visits.asked == 1


async def test_silence_reaches_it_and_it_stays(stage: Stage) -> None:
    await stage.avatar_comes()

    stage.voice.silence()

    assert stage.avatar.cleared == 1
    assert (stage.speaks_through(), stage.visits.ended) == ("avatar", 0)


async def test_once_a_human_is_heard_it_goes_and_the_ai_has_its_own_track(stage: Stage) -> None:
    await stage.avatar_comes()

    stage.voice.silence()
    stage.voice.unmask()

    assert (stage.speaks_through(), stage.visits.ended) == ("own", 1)


async def test_one_that_is_called_off_on_its_way_goes_as_soon_as_it_comes(stage: Stage) -> None:
    stage.face.show()
    await settled()
    stage.voice.unmask()
    stage.visits.comes.set()
    await settled()
    called_off = stage.visits.ended

    stage.room.joins(FakeParticipant(identity=AVATAR))
    await settled()

    assert stage.speaks_through() == "own"
    assert (called_off, stage.visits.ended) == (1, 2)


async def test_when_it_was_all_a_mistake_it_comes_again(stage: Stage) -> None:
    await stage.avatar_comes()
    stage.voice.silence()
    stage.voice.unmask()

    stage.voice.resume()
    await settled()

    assert (stage.speaks_through(), stage.visits.asked) == ("avatar", 2)


async def test_one_that_is_lost_is_done_without(stage: Stage) -> None:
    await stage.avatar_comes()

    stage.room.leaves(FakeParticipant(identity=AVATAR))

    assert (stage.speaks_through(), stage.visits.ended) == ("own", 1)


@pytest.mark.parametrize("identity", ["caller-1", "avatar-agent-AJ_2"])
async def test_others_who_come_and_go_are_no_matter(stage: Stage, identity: str) -> None:
    await stage.avatar_comes()

    stage.room.joins(other := FakeParticipant(identity=identity))
    stage.room.leaves(other)

    assert (stage.speaks_through(), stage.visits.ended) == ("avatar", 0)


async def test_with_the_session_it_goes_for_good(stage: Stage) -> None:
    await stage.avatar_comes()

    stage.session.emit("close", None)
    stage.voice.resume()
    await settled()

    assert (stage.visits.asked, stage.visits.ended) == (1, 1)


async def test_what_an_avatar_plays_is_audible_while_the_ai_speaks(stage: Stage) -> None:
    await stage.avatar_comes()
    mouth = SessionMouth(stage.session.as_session)
    heard = [mouth.audible()]

    stage.session.agent_state = "speaking"
    heard.append(mouth.audible())

    assert heard == [False, True]
