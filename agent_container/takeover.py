"""Takes the call over from an AI whose worker is being stopped."""

import logging
from typing import Final

from livekit import rtc

from agent_container.baton import received
from agent_container.errors import StillHelpingError
from agent_container.escalation import Line
from agent_container.relief import KNOWN_WITHIN, METHOD, PAUSE_WITHIN

logger = logging.getLogger(__name__)

ANSWERS_WITHIN: Final = KNOWN_WITHIN + PAUSE_WITHIN + 3.0


async def take_over(room: rtc.Room, leaving: str) -> tuple[Line, ...] | None:
    """What was said, from the AI that is silent from now on; None when it has gone without a word."""
    if leaving not in room.remote_participants:
        return None
    try:
        payload = await room.local_participant.perform_rpc(
            destination_identity=leaving, method=METHOD, payload="", response_timeout=ANSWERS_WITHIN
        )
    except rtc.RpcError as error:
        if leaving not in room.remote_participants:
            return None
        logger.info("the AI before us stays", extra={"code": error.code})
        raise StillHelpingError from error
    return received(payload)
