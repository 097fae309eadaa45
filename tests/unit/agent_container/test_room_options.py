"""What a caller writes is taken as said, and only while the AI may answer."""

from typing import Any, cast

import pytest
from livekit import rtc
from livekit.agents import Agent, AgentSession, ConversationItemAddedEvent
from livekit.agents.voice.room_io import TextInputEvent

from agent_container.room_options import LONGEST, options_for
from tests.unit.agent_container.fakes import FakeParticipant, ScriptedLLM, says


async def written(text: str, *, may_answer: bool) -> list[str]:
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
