"""What the AI is: its instructions and the two tools that ask for a human and withdraw that again."""

import logging
import math

from livekit.agents import Agent, ChatContext, RunContext, ToolError, function_tool

from agent_container import prompts
from agent_container.callback_tool import CallbackTool
from agent_container.errors import ApiRefusedError, ApiUnreachableError
from agent_container.escalation import Escalation, Reason
from agent_container.floor import Announce, has_the_floor, hold_the_floor
from agent_container.recall import Recollection
from agent_container.transcript import transcript_of
from agent_container.transfer import Transfer

logger = logging.getLogger(__name__)


class HandoffAgent(Agent):
    def __init__(
        self,
        *,
        transfer: Transfer,
        announce: Announce,
        opening: str = prompts.GREETING,
        chat_ctx: ChatContext | None = None,
    ) -> None:
        callback = CallbackTool(transfer=transfer, announce=announce)
        super().__init__(
            instructions=prompts.INSTRUCTIONS, chat_ctx=chat_ctx, tools=[callback.leave_callback]
        )
        self._transfer = transfer
        self._announce = announce
        self._opening = opening

    async def on_enter(self) -> None:
        if self._opening:
            self.session.say(self._opening)

    @function_tool()
    async def transfer_to_human_agent(
        self, context: RunContext[None], reason: Reason, summary: str, language: str | None = None
    ) -> str:
        """Ask human agents to join this call.

        Use it when the caller asks for a person, is in an emergency, is upset, needs something that only a
        person may decide, or when you have failed to help twice. It asks people to come and returns at once;
        it does not connect anybody. Used again while a request is open, it only tells how that one stands.

        Args:
            reason: Why a human is needed: caller_request (the caller asks for a person), repeated_failure
                (you could not help twice), emergency (danger to life or health), frustration (the caller is
                upset), human_only_topic (only a person may decide or do it), ai_failure (something is broken
                on your side) or other.
            summary: What the caller needs and what was tried so far, in one to three sentences, for the human
                agent.
            language: The caller's language as a short code such as en or de, only if the caller needs a
                person who speaks it; otherwise leave it out.
        """
        hold_the_floor(context)
        transcript = transcript_of(self.session)
        try:
            escalation = await self._transfer.request(
                reason=reason, summary=summary, language=language, transcript=transcript
            )
        except (ApiUnreachableError, ApiRefusedError) as error:
            logger.warning("no human could be asked", extra={"error": type(error).__name__})
            self._tell(context, prompts.NOT_REACHED)
            raise ToolError(self._transfer.outcome(prompts.OUTCOME_NOT_REACHED)) from error
        logger.info(
            "a human was asked for", extra={"escalation_id": escalation.id, "status": escalation.status}
        )
        self._tell(context, prompts.NOBODY_FREE if escalation.ended else prompts.ASKED)
        return await self._outcome(escalation)

    @function_tool()
    async def cancel_escalation(self, context: RunContext[None]) -> str:
        """Withdraw the open request for a human agent because the caller no longer wants one."""
        hold_the_floor(context)
        try:
            withdrawn = await self._transfer.cancel(cause="caller_changed_mind")
        except (ApiUnreachableError, ApiRefusedError) as error:
            raise ToolError(self._transfer.outcome(prompts.OUTCOME_NOT_CANCELLED)) from error
        return self._transfer.outcome(
            prompts.OUTCOME_CANCELLED if withdrawn else prompts.OUTCOME_NOTHING_TO_CANCEL
        )

    def _tell(self, context: RunContext[None], text: str) -> None:
        if not has_the_floor(context):
            self._announce(text)

    async def _outcome(self, escalation: Escalation) -> str:
        if escalation.ended:
            return self._transfer.outcome(prompts.OUTCOME_NOBODY)
        if escalation.status in ("claimed", "connected"):
            return self._transfer.outcome(
                prompts.OUTCOME_CLAIMED, name=escalation.human_name or prompts.SOMEBODY
            )
        people = prompts.people_were(escalation.people_told)
        if (seconds := await self._transfer.usual_wait()) is None:
            return self._transfer.outcome(prompts.OUTCOME_ASKED, people=people)
        minutes = prompts.minutes(math.ceil(max(seconds, 1) / 60))
        return self._transfer.outcome(prompts.OUTCOME_ASKED_USUALLY, people=people, minutes=minutes)


def agent_for(
    past: Recollection | None, *, transfer: Transfer, announce: Announce, consent: bool = False
) -> HandoffAgent:
    """The AI of a call that begins, or one that knows what was before it."""
    if past is None:
        opening = f"{prompts.CONSENT} {prompts.GREETING}" if consent else prompts.GREETING
        return HandoffAgent(transfer=transfer, announce=announce, opening=opening)
    if past.open_request:
        transfer.adopt(past.open_request)
    return HandoffAgent(transfer=transfer, announce=announce, opening=past.opening, chat_ctx=past.context)
