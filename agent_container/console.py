"""A conversation with the AI in writing, without a room, a microphone or an API."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from livekit.agents import AgentSession, APIError, llm

from agent_container.agent import HandoffAgent
from agent_container.escalations import Escalations
from agent_container.narration import Narration
from agent_container.transfer import Call, Transfer

CONSOLE_CALL = Call(
    room="console", room_sid="", caller_identity="caller-console", agent_identity="agent-console"
)

Read = Callable[[], Awaitable[str | None]]


async def converse(*, model: llm.LLM[Any], api: Escalations, read: Read, narration: Narration) -> None:
    """Take line after line from `read` until it has none, and tell what the AI makes of each."""

    def announce(text: str) -> None:
        narration.tell("said", text)

    agent = HandoffAgent(transfer=Transfer(api=api, call=CONSOLE_CALL), announce=announce)
    async with AgentSession[None](llm=model, vad=None, turn_handling={"turn_detection": None}) as session:
        narration.follow(session)
        await session.start(agent)
        await session.wait_for_idle()
        while (line := await read()) is not None:
            try:
                await session.run(user_input=line)
            except APIError as error:
                narration.tell("fails", f"the model did not answer ({type(error).__name__})")


async def read_line() -> str | None:
    line = await asyncio.to_thread(sys.stdin.readline)
    return line.strip() if line else None


def write_line(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
