"""The AI's tool that notes a call back; the number leaves it for the API only."""

import logging

from livekit.agents import RunContext, ToolError, function_tool

from agent_container import prompts
from agent_container.callback import Callback, dialled
from agent_container.errors import ApiRefusedError, ApiUnreachableError
from agent_container.floor import Announce, has_the_floor, hold_the_floor
from agent_container.transfer import Transfer

logger = logging.getLogger(__name__)


class CallbackTool:
    def __init__(self, *, transfer: Transfer, announce: Announce) -> None:
        self._transfer = transfer
        self._announce = announce

    @function_tool()
    async def leave_callback(
        self,
        context: RunContext[None],
        name: str,
        phone: str,
        when: str,
        confirmed: bool,  # noqa: FBT001 (the model names its arguments)
    ) -> str:
        """Note that a person shall call the caller back, when nobody is free to join.

        Read the number back to the caller first, digit by digit in groups, and wait for their yes.

        Args:
            name: The caller's name as they gave it.
            phone: The number to call, with its country code, such as +15005550100.
            when: When the call suits the caller, in their words.
            confirmed: True only after you have read the number back and the caller has said that it is right.
        """
        number = dialled(phone)
        if number is None:
            return self._transfer.outcome(prompts.OUTCOME_NUMBER_UNUSABLE)
        if not confirmed:
            digits = prompts.last_digits(number)
            return self._transfer.outcome(prompts.OUTCOME_NUMBER_UNCONFIRMED, digits=digits)
        return await self._note(context, Callback(name=name, phone=number, when=when))

    async def _note(self, context: RunContext[None], callback: Callback) -> str:
        hold_the_floor(context)
        try:
            noted = await self._transfer.leave_callback(callback)
        except (ApiUnreachableError, ApiRefusedError) as error:
            logger.warning("no call back was noted", extra={"error": type(error).__name__})
            self._tell(context, prompts.NO_CALLBACK)
            raise ToolError(self._transfer.outcome(prompts.OUTCOME_CALLBACK_FAILED)) from error
        if not noted:
            return self._transfer.outcome(prompts.OUTCOME_CALLBACK_UNKNOWN)
        self._tell(context, prompts.CALLBACK_NOTED)
        digits = prompts.last_digits(callback.phone)
        return self._transfer.outcome(prompts.OUTCOME_CALLBACK_NOTED, digits=digits)

    def _tell(self, context: RunContext[None], text: str) -> None:
        if not has_the_floor(context):
            self._announce(text)
