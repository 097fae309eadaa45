"""What an AI that comes back into a call knows of it: what was said, and whether somebody is still asked."""

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from typing import Final, Literal, Protocol, Self, TypeVar

from livekit.agents import ChatContext

from agent_container import prompts
from agent_container.dispatch import Dispatch
from agent_container.errors import ApiRefusedError, ApiUnreachableError
from agent_container.escalation import Escalation, Line, RoomView
from agent_container.words import Words

logger = logging.getLogger(__name__)

# The caller hears nobody meanwhile.
RECALL_WITHIN = 1.5

_LINES = 40
_LENGTH = 500
_ROLES: Final[dict[str, Literal["user", "assistant"]]] = {"caller": "user", "agent": "assistant"}

Answer = TypeVar("Answer")


class Records(Protocol):
    async def words(self, escalation_id: str) -> Words: ...
    async def room(self, room: str) -> RoomView: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Recollection:
    """Of the words before, and of the request that is open still when the AI before this one was cut off."""

    words: Words
    open_request: Escalation | None
    human_name: str
    handed_over: bool = False

    @property
    def opening(self) -> str:
        """Nothing for a caller who was not left alone for a moment."""
        if self.handed_over:
            return ""
        return prompts.BACK.format(name=self._human) if self._human else prompts.AGAIN

    @property
    def context(self) -> ChatContext:
        context = ChatContext.empty()
        for line in self.words.transcript[-_LINES:]:
            context.add_message(role=_ROLES[line.role], content=line.text[:_LENGTH])
        context.add_message(role="system", content=self._note)
        return context

    @property
    def _human(self) -> str:
        """Who was in the call: nobody yet, when their coming is waited for."""
        return "" if self.open_request else self.human_name

    @property
    def _note(self) -> str:
        note = prompts.HANDED_OVER_NOTE if self.handed_over else self._why_back
        if self.words.summary:
            note += prompts.SUMMARY_NOTE.format(summary=self.words.summary)
        if self.words.notes:
            note += prompts.HUMANS_NOTE.format(notes=self.words.notes)
        return note

    @property
    def _why_back(self) -> str:
        return prompts.BACK_NOTE.format(name=self._human) if self._human else prompts.AGAIN_NOTE

    @property
    def owes_an_answer(self) -> bool:
        return (
            self.handed_over
            and self.words.transcript[-1:] != ()
            and self.words.transcript[-1].role == "caller"
        )

    def handed(self, lines: tuple[Line, ...]) -> Self:
        """The same with the words that the AI before has just passed on."""
        return replace(self, words=replace(self.words, transcript=lines), handed_over=True)


NOTHING: Final = Recollection(words=Words(), open_request=None, human_name="")


async def recall(*, api: Records, dispatch: Dispatch, room: str) -> Recollection:
    """Never fails: what the API does not tell in time stays unknown, and the AI has to ask the caller."""
    words, view = await asyncio.gather(_told(api.words(dispatch.escalation_id)), _told(api.room(room)))
    return Recollection(
        words=words or Words(),
        open_request=view.escalation if view else None,
        human_name=dispatch.human_name,
    )


async def _told(question: Coroutine[None, None, Answer]) -> Answer | None:
    try:
        async with asyncio.timeout(RECALL_WITHIN):
            return await question
    except (ApiRefusedError, ApiUnreachableError, TimeoutError):
        logger.warning("what was before is not known in full")
        return None
