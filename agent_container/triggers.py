"""What calls a person without the model: a key, turns that get nowhere, a promise that is not kept."""

import logging
from typing import Any, Final

from livekit import rtc
from livekit.agents import AgentSession, ConversationItemAddedEvent, SpeechCreatedEvent, llm
from livekit.agents.voice import SpeechHandle

from agent_container import prompts
from agent_container.escalation import Role
from agent_container.failed_turns import FailedTurns
from agent_container.floor import Announce
from agent_container.promise import promises_a_person
from agent_container.summons import Summons
from agent_container.transcript import transcript_of
from agent_container.transfer import Transfer

logger = logging.getLogger(__name__)

KEY: Final = "0"


class Triggers:
    def __init__(
        self,
        *,
        room: rtc.Room,
        session: AgentSession[Any],
        transfer: Transfer,
        announce: Announce,
        caller_identity: str,
        failed_turns: int,
    ) -> None:
        self._transfer = transfer
        self._caller_identity = caller_identity
        self._failed_turns = FailedTurns(failed_turns)
        self._summons = Summons(
            transfer=transfer, announce=announce, transcript=lambda: transcript_of(session)
        )
        room.on("sip_dtmf_received", self._on_key)
        session.on("conversation_item_added", self._on_item)
        session.on("speech_created", self._on_speech)

    def _on_key(self, pressed: rtc.SipDTMF) -> None:
        caller = pressed.participant
        if pressed.digit == KEY and caller and caller.identity == self._caller_identity:
            self._summons.call("caller_request", prompts.KEY_SUMMARY)

    def _on_item(self, event: ConversationItemAddedEvent) -> None:
        if not isinstance(event.item, llm.ChatMessage) or not (text := event.item.text_content):
            return
        role: Role = "caller" if event.item.role == "user" else "agent"
        if self._failed_turns.said(role, text) and self._transfer.escalation_id is None:
            self._summons.call("repeated_failure", prompts.REPEATED_FAILURE_SUMMARY)

    def _on_speech(self, event: SpeechCreatedEvent) -> None:
        # What we have it say word for word promises nothing that is not so.
        if event.source != "say":
            event.speech_handle.add_done_callback(self._on_spoken)

    def _on_spoken(self, speech: SpeechHandle) -> None:
        if self._transfer.is_asked_for:
            return
        # A tool that was used has its own answer.
        used = any(isinstance(item, llm.FunctionCall) for item in speech.chat_items)
        said = [item.text_content or "" for item in speech.chat_items if isinstance(item, llm.ChatMessage)]
        if not used and promises_a_person(" ".join(said)):
            logger.warning("the AI promised a person and had asked for none")
            self._summons.call("caller_request", prompts.PROMISE_SUMMARY)
