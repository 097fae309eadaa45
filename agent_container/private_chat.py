"""Written questions of a human agent to the AI, answered to that human alone, before the AI leaves."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Final, Protocol

from livekit import rtc
from livekit.agents import APIError, llm

from agent_container import prompts
from agent_container.asking import asked
from agent_container.brief import Brief
from agent_container.presence import is_human_agent

logger = logging.getLogger(__name__)

TOPIC: Final = "handoff.chat"
ANSWERED_WITHIN: Final = 8.0
_QUESTION: Final = 500
_ANSWER: Final = 1000


class Confirmed(Protocol):
    async def name_of(self, identity: str) -> str | None: ...


class PrivateChat:
    def __init__(
        self,
        *,
        room: rtc.Room,
        model: llm.LLM[Any] | None,
        confirmation: Confirmed,
        brief: Callable[[], Brief],
    ) -> None:
        self._room = room
        self._model = model
        self._confirmation = confirmation
        self._brief = brief
        self._answers: set[asyncio.Task[None]] = set()

    def open(self) -> None:
        self._room.register_text_stream_handler(TOPIC, self._on_text)

    def _on_text(self, reader: rtc.TextStreamReader, identity: str) -> None:
        answer = asyncio.create_task(self._answer(reader, identity))
        self._answers.add(answer)
        answer.add_done_callback(self._answers.discard)

    async def _answer(self, reader: rtc.TextStreamReader, identity: str) -> None:
        question = (await reader.read_all())[:_QUESTION]
        # What was said in the call is for whoever takes it, as the API says who that is.
        if not is_human_agent(identity) or await self._confirmation.name_of(identity) is None:
            logger.warning("a question of somebody without a claim", extra={"identity": identity})
            return
        await self._room.local_participant.send_text(
            await self._told(question), topic=TOPIC, destination_identities=[identity]
        )

    async def _told(self, question: str) -> str:
        brief = self._brief()
        try:
            async with asyncio.timeout(ANSWERED_WITHIN):
                return (await self._asked(question, brief))[:_ANSWER] or brief.in_short()[:_ANSWER]
        except (APIError, TimeoutError):
            return brief.in_short()[:_ANSWER]

    async def _asked(self, question: str, brief: Brief) -> str:
        if self._model is None:
            return ""
        said = "\n".join(f"{turn.role}: {turn.text}" for turn in brief.transcript)
        return await asked(self._model, instructions=prompts.CHAT.format(transcript=said), words=question)
