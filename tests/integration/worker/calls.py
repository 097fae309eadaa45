"""A call without a room: a real session with real plugins, a caller who speaks, and what the caller hears."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import numpy as np
from livekit import rtc
from livekit.agents import AgentSession, io
from livekit.agents.utils import http_context
from livekit.agents.voice.room_io import _output

from agent_container.agent import HandoffAgent
from agent_container.config import Settings
from agent_container.lifeline import Lifeline
from agent_container.mouth import SessionMouth
from agent_container.speech import build_session
from agent_container.transfer import Call, Transfer
from agent_container.vigil import Patience
from agent_container.voice import SessionVoice
from local.speech import voices
from tests.integration.worker.providers import Providers
from tests.unit.agent_container.fakes import FakeApi, FakeClips, FakeRoom

CALL = Call(room="room-1", room_sid="RM_1", caller_identity="caller-1", agent_identity="agent-AJ_1")
RATE = 16_000
STEP = RATE // 50
CLIP_SECONDS = 1.5


class Microphone(io.AudioInput):
    """What the caller says, at the pace at which it is said, and silence for the rest of the time."""

    def __init__(self) -> None:
        super().__init__(label="caller")
        self._said = np.zeros(0, np.int16)
        self._due = 0.0

    def say(self, speech: np.ndarray) -> float:
        self._said = np.concatenate([self._said, speech])
        return self._said.size / RATE

    async def __anext__(self) -> rtc.AudioFrame:
        now = asyncio.get_running_loop().time()
        self._due = max(self._due, now - 0.1) + STEP / RATE
        await asyncio.sleep(max(0.0, self._due - now))
        piece, self._said = self._said[:STEP], self._said[STEP:]
        samples = np.zeros(STEP, np.int16)
        samples[: piece.size] = piece
        return rtc.AudioFrame(samples.tobytes(), RATE, 1, STEP)


class FaultyCall:
    def __init__(self, session: AgentSession[None], microphone: Microphone) -> None:
        self.api = FakeApi()
        self.clips = FakeClips()
        self.heard: list[float] = []
        self._sound = asyncio.Event()
        self._clip_at = -60.0
        self._session = session
        self._microphone = microphone
        self._mouth = SessionMouth(session)
        self.transfer = Transfer(api=self.api, call=CALL)
        self.lifeline = Lifeline(
            session=session,
            voice=SessionVoice(session),
            clips=self.clips,
            transfer=self.transfer,
            may_speak=lambda: True,
            patience=Patience(),
        )

    async def listen(self) -> None:
        """Notes when the caller hears the AI's voice or a recorded sentence."""
        clock = asyncio.get_running_loop().time
        while True:
            if self.clips.began.is_set():
                self.clips.began.clear()
                self._clip_at = clock()
            if self._mouth.audible() or clock() - self._clip_at < CLIP_SECONDS:
                self.heard.append(clock())
                self._sound.set()
            await asyncio.sleep(0.05)

    async def caller_speaks(self) -> float:
        """Speak one sentence; return when it was over."""
        takes = self._microphone.say(await asyncio.to_thread(spoken))
        await asyncio.sleep(takes)
        return asyncio.get_running_loop().time()

    async def something_is_heard(self, *, since: float, seconds: float = 30.0) -> None:
        async with asyncio.timeout(seconds):
            while self.first_heard(since=since) == float("inf"):
                self._sound.clear()
                await self._sound.wait()

    async def pause(self, *, seconds: float = 30.0) -> None:
        """Until the AI has had its say."""
        async with asyncio.timeout(seconds):
            await self._session.wait_for_idle()

    async def a_person_is_called(self, *, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                await self.api.asked.wait()
        except TimeoutError:
            return False
        return [request.reason for _, request in self.api.opened] == ["ai_failure"]

    def first_heard(self, *, since: float) -> float:
        """How long the caller waited for any sound."""
        return next((at - since for at in self.heard if at >= since), float("inf"))


def spoken() -> np.ndarray:
    return voices.speak("Hello, my last bill is wrong.", voices.CALLER, rate=RATE)


def _as_if_published() -> _output._ParticipantAudioOutput:
    """The framework's own output to a room, which plays to nobody."""
    options = rtc.TrackPublishOptions()
    output = _output._ParticipantAudioOutput(
        FakeRoom().as_room, sample_rate=24_000, num_channels=1, track_publish_options=options
    )
    output._subscribed_fut.set_result(None)
    output._forwarding_task = asyncio.create_task(output._forward_audio())
    return output


@asynccontextmanager
async def faulty_call(providers: Providers, **more: object) -> AsyncIterator[FaultyCall]:
    settings = Settings.model_validate(
        {
            "deepgram_base_url": providers.address("stt") + "/listen",
            "openai_base_url": providers.address("llm", "tts"),
            **more,
        }
    )
    session = build_session(settings)
    microphone = Microphone()
    output = _output._ParticipantAudioOutput(
        FakeRoom().as_room,
        sample_rate=24_000,
        num_channels=1,
        track_publish_options=rtc.TrackPublishOptions(),
    )
    output._subscribed_fut.set_result(None)
    output._forwarding_task = asyncio.create_task(output._forward_audio())
    call = FaultyCall(session, microphone)
    listening = asyncio.create_task(call.listen())
    session.input.audio, session.output.audio = microphone, output
    async with http_context.open():
        call.lifeline.hold()
        await session.start(HandoffAgent(transfer=call.transfer, announce=lambda _: None), record=False)
        try:
            yield call
        finally:
            listening.cancel()
            call.lifeline.cut()
            await session.aclose()
            await output.aclose()
