"""A caller speaks over the AI at every moment of a handoff: the request is neither lost nor made twice."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from livekit.agents import AgentSession, llm
from livekit.agents.vad import VADEventType

from agent_container import prompts
from agent_container.agent import HandoffAgent
from agent_container.confirmation import Confirmation
from agent_container.exit_latch import ExitLatch
from agent_container.phase import Phase
from agent_container.transfer import Call, Transfer
from agent_container.voice import SessionVoice
from tests.unit.agent_container.fakes import (
    MARIA,
    FakeApi,
    FakeClaims,
    FakeDeparture,
    FakePresence,
    ScriptedLLM,
    Turn,
    calls,
    says,
)
from tests.unit.agent_container.talking import Humming, Loudspeaker, ScriptedStt, ScriptedVad

CALL = Call(room="room-1", room_sid="RM_1", caller_identity="caller-1", agent_identity="agent-AJ_1")
ASK = calls("transfer_to_human_agent", json.dumps({"reason": "caller_request", "summary": "wants a person"}))
WISH = "I want to talk to a person"
OVER = "hello, are you still there"
ANSWER = "I have asked a colleague to join us."
WITHIN = 20.0


def wished_for(context: llm.ChatContext) -> llm.ChoiceDelta:
    """As a model does that reads the whole talk: it asks for a person once it was wished for."""
    if isinstance(context.items[-1], llm.FunctionCallOutput):
        return says(ANSWER)(context)
    heard = [message.text_content for message in context.messages() if message.role == "user"]
    asked = any(isinstance(item, llm.FunctionCall) for item in context.items)
    return ASK(context) if WISH in heard and not asked else says("I am still here.")(context)


def stubborn(context: llm.ChatContext) -> llm.ChoiceDelta:
    """A model that asks for a person at each turn."""
    return says(ANSWER)(context) if isinstance(context.items[-1], llm.FunctionCallOutput) else ASK(context)


async def eventually(happens: Callable[[], object]) -> None:
    async with asyncio.timeout(WITHIN):
        while not happens():  # noqa: ASYNC110 (nobody tells of all that it waits for)
            await asyncio.sleep(0.005)


class Talk:
    """A caller, the AI with its latch, and a human who is not there yet."""

    def __init__(self, model: Turn) -> None:
        self.api = FakeApi()
        self.model = ScriptedLLM(*[model] * 20)
        self.loudspeaker = Loudspeaker()
        self.presence = FakePresence()
        self.departure = FakeDeparture()
        self._vad, self._stt = ScriptedVad(), ScriptedStt()
        self.session = AgentSession[Any](
            llm=self.model,
            vad=self._vad,
            stt=self._stt,
            tts=Humming(),
            turn_handling={
                "turn_detection": "vad",
                "endpointing": {"min_delay": 0.0, "max_delay": 0.0},
                "interruption": {"mode": "vad", "min_duration": 0.4, "false_interruption_timeout": 1.5},
                "preemptive_generation": {"enabled": True},
            },
            aec_warmup_duration=None,
            user_away_timeout=None,
            session_close_transcript_timeout=0.0,  # these ears have told all that they will tell
        )
        self.session.output.audio = self.loudspeaker
        self.latch = ExitLatch(
            presence=self.presence,
            voice=SessionVoice(self.session),
            confirmation=Confirmation(claims=FakeClaims(), presence=self.presence),
            departure=self.departure,
            farewell=True,
        )

    @asynccontextmanager
    async def begun(self) -> AsyncIterator["Talk"]:
        transfer = Transfer(api=self.api, call=CALL)
        async with self.session:
            await self.session.start(HandoffAgent(transfer=transfer, announce=self.latch.announce))
            await eventually(lambda: self.spoken() == [prompts.GREETING])
            try:
                yield self
            finally:
                self._let_go()

    def _let_go(self) -> None:
        """A session does not close while its tool waits."""
        for gate in (self.api.gate, self.model.gate):
            if gate:
                gate.set()
        self.loudspeaker.let_end()

    def caller_begins(self) -> None:
        self._vad.tell(VADEventType.START_OF_SPEECH, speaking=True)
        self._vad.tell(VADEventType.INFERENCE_DONE, speaking=True)

    def caller_ends(self, text: str) -> None:
        self._stt.tell(text)
        self._vad.tell(VADEventType.END_OF_SPEECH, speaking=False)

    async def caller_says(self, text: str) -> None:
        self.caller_begins()
        await eventually(lambda: self.session.user_state == "speaking")
        self.caller_ends(text)
        await eventually(lambda: self.session.user_state == "listening")

    def human_is_heard(self) -> None:
        self.presence.heard.add(MARIA)
        self.latch.heard(MARIA, way="room")

    def spoken(self) -> list[str | None]:
        return [
            message.text_content
            for message in self.session.history.messages()
            if message.role == "assistant" and not message.interrupted
        ]


async def while_the_ai_thinks(talk: Talk) -> None:
    talk.model.gate = gate = asyncio.Event()
    await talk.caller_says(WISH)
    await eventually(lambda: talk.model.seen)
    await talk.caller_says(OVER)
    gate.set()


async def while_the_ai_has_decided_and_not_begun(talk: Talk) -> None:
    talk.model.gate = gate = asyncio.Event()
    await talk.caller_says(WISH)
    await eventually(lambda: talk.model.seen)
    talk.caller_begins()
    await eventually(lambda: talk.session.user_state == "speaking")
    gate.set()
    await eventually(lambda: talk.model.answered)
    talk.caller_ends(OVER)


async def while_the_request_is_on_its_way(talk: Talk) -> None:
    talk.api.gate = asyncio.Event()
    await talk.caller_says(WISH)
    await talk.api.asked.wait()
    await talk.caller_says(OVER)
    talk.api.gate.set()


async def while_the_request_is_on_its_way_and_the_voice_is_hushed(talk: Talk) -> None:
    talk.api.gate = asyncio.Event()
    await talk.caller_says(WISH)
    await talk.api.asked.wait()
    SessionVoice(talk.session).hush()
    await talk.caller_says(OVER)
    talk.api.gate.set()


async def while_the_answer_is_thought_of(talk: Talk) -> None:
    await talk.caller_says(WISH)
    await talk.api.asked.wait()
    talk.model.gate = gate = asyncio.Event()
    await eventually(lambda: len(talk.model.seen) > 1)
    await talk.caller_says(OVER)
    gate.set()


async def while_the_answer_is_spoken(talk: Talk) -> None:
    talk.loudspeaker.held = True
    await talk.caller_says(WISH)
    await eventually(lambda: talk.session.agent_state == "speaking")
    await talk.caller_says(OVER)
    assert talk.loudspeaker.cut == 0
    talk.loudspeaker.let_end()


async def while_news_are_spoken(talk: Talk) -> None:
    await talk.caller_says(WISH)
    await eventually(lambda: ANSWER in talk.spoken())
    await talk.session.wait_for_idle()
    talk.loudspeaker.held = True
    talk.latch.announce(prompts.CLAIMED.format(name="Maria"))
    await eventually(lambda: talk.session.agent_state == "speaking")
    await talk.caller_says(OVER)
    await eventually(lambda: talk.loudspeaker.cut)
    talk.loudspeaker.let_end()


MOMENTS = [
    while_the_ai_thinks,
    while_the_ai_has_decided_and_not_begun,
    while_the_request_is_on_its_way,
    while_the_request_is_on_its_way_and_the_voice_is_hushed,
    while_the_answer_is_thought_of,
    while_the_answer_is_spoken,
    while_news_are_spoken,
]


@pytest.mark.parametrize("model", [wished_for, stubborn])
@pytest.mark.parametrize("moment", MOMENTS)
async def test_the_request_is_made_once_and_the_caller_is_told(
    moment: Callable[[Talk], Awaitable[None]], model: Turn
) -> None:
    async with Talk(model).begun() as talk:
        await moment(talk)
        await eventually(lambda: {ANSWER, prompts.ASKED} & set(talk.spoken()))
        await talk.session.wait_for_idle()

    assert [key.rpartition(":after:")[2] for key, _ in talk.api.opened] == ["start"]
    assert talk.api.cancelled == []


async def before_the_farewell(talk: Talk) -> None:
    talk.caller_begins()
    await eventually(lambda: talk.session.user_state == "speaking")
    talk.loudspeaker.held = True
    talk.human_is_heard()
    talk.caller_ends(OVER)


async def during_the_farewell(talk: Talk) -> None:
    talk.loudspeaker.held = True
    talk.human_is_heard()
    await eventually(lambda: talk.session.agent_state == "speaking")
    # What the ears had taken in before they were shut.
    talk.caller_begins()
    talk.caller_ends(OVER)


@pytest.mark.parametrize("ends", [True, False])
@pytest.mark.parametrize("moment", [before_the_farewell, during_the_farewell])
async def test_the_ai_says_its_farewell_or_is_cut_and_leaves_all_the_same(
    moment: Callable[[Talk], Awaitable[None]], *, ends: bool
) -> None:
    async with Talk(wished_for).begun() as talk:
        await talk.caller_says(WISH)
        await eventually(lambda: ANSWER in talk.spoken())
        await talk.session.wait_for_idle()
        await moment(talk)
        await eventually(lambda: talk.session.agent_state == "speaking")
        if ends:
            talk.loudspeaker.let_end()
        await eventually(lambda: talk.latch.phase is Phase.GONE)

    assert talk.departure.left == [(MARIA, "room")]
    assert (prompts.FAREWELL.format(name="Maria") in talk.spoken()) is ends
    assert len(talk.api.opened) == 1
