"""What a caller writes is taken as said, and only while the AI may answer."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, cast

import pytest
from livekit import rtc
from livekit.agents import Agent, AgentSession, ConversationItemAddedEvent
from livekit.agents.voice.room_io import TextInputEvent

from agent_container.room_options import LONGEST, options_for
from tests.unit.agent_container.fakes import FakeParticipant, ScriptedLLM, says


class Announcement:
    """What the AI says and may not be cut in, until it is let end."""

    def __init__(self) -> None:
        self.begun, self.over = asyncio.Event(), asyncio.Event()

    async def words(self) -> AsyncIterator[str]:
        self.begun.set()
        yield "Nobody is free "
        await self.over.wait()
        yield "right now."


async def written(text: str, *, may_answer: bool = True, during: Announcement | None = None) -> list[str]:
    """What of it the AI has in its talk."""
    options = options_for("caller-1", may_answer=lambda: may_answer).get_text_input_options()
    assert options is not None
    heard: list[str] = []

    def note(event: ConversationItemAddedEvent) -> None:
        if getattr(event.item, "role", "") == "user":
            heard.append(str(cast(Any, event.item).text_content))

    async with AgentSession[None](llm=ScriptedLLM(says("At nine."))) as session:
        session.on("conversation_item_added", note)
        await session.start(Agent(instructions=""))
        participant = cast(rtc.RemoteParticipant, FakeParticipant(identity="caller-1"))
        event = TextInputEvent(text=text, info=cast(rtc.TextStreamInfo, None), participant=participant)
        if during:
            session.say(during.words(), allow_interruptions=False)
            await during.begun.wait()
            asyncio.get_running_loop().call_soon(during.over.set)
        if answering := options.text_input_cb(session, event):
            await answering
        await session.wait_for_idle()
    return heard


@pytest.mark.parametrize(
    ("text", "may_answer", "heard"),
    [
        (" When do you open? ", True, ["When do you open?"]),
        ("When do you open?", False, []),
        ("   ", True, []),
        ("a" * (LONGEST + 1), True, ["a" * LONGEST]),
    ],
)
async def test_what_the_caller_writes(text: str, heard: list[str], *, may_answer: bool) -> None:
    assert await written(text, may_answer=may_answer) == heard


async def test_what_the_caller_writes_during_an_announcement_is_answered_after_it() -> None:
    assert await written("Then call me back.", during=Announcement()) == ["Then call me back."]
