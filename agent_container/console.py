"""A conversation with the AI in writing, without a room, a microphone or an API."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from livekit.agents import AgentSession, APIError, ConversationItemAddedEvent, llm

from agent_container.agent import HandoffAgent
from agent_container.escalations import Escalations
from agent_container.transfer import Call, Transfer

CONSOLE_CALL = Call(
    room="console", room_sid="", caller_identity="caller-console", agent_identity="agent-console"
)

Read = Callable[[], Awaitable[str | None]]
Write = Callable[[str], None]


async def converse(*, model: llm.LLM[Any], api: Escalations, read: Read, write: Write) -> None:
    """Take line after line from `read` until it has none, and give what the AI says to `write`."""

    def on_item(event: ConversationItemAddedEvent) -> None:
        if isinstance(event.item, llm.ChatMessage) and event.item.role == "assistant":
            write(event.item.text_content or "")

    agent = HandoffAgent(transfer=Transfer(api=api, call=CONSOLE_CALL), announce=write)
    async with AgentSession[None](llm=model, vad=None, turn_handling={"turn_detection": None}) as session:
        session.on("conversation_item_added", on_item)
        await session.start(agent)
        await session.wait_for_idle()
        while (line := await read()) is not None:
            try:
                await session.run(user_input=line)
            except APIError:
                write("(the model did not answer)")


async def read_line() -> str | None:
    line = await asyncio.to_thread(sys.stdin.readline)
    return line.strip() if line else None


def write_line(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
