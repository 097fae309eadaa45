"""What one AI tells the next in the middle of a call: as many of the last words as one answer holds."""

import json
from typing import Final

from livekit.agents import ChatContext

from agent_container.escalation import Line

# LiveKit carries answers of 15 KiB.
LARGEST: Final = 14_000
_LINES: Final = 40
_LENGTH: Final = 500


def passed_on(history: ChatContext) -> str:
    """The oldest lines go first when it would be too much."""
    said = [
        {"role": "caller" if message.role == "user" else "agent", "text": text[:_LENGTH]}
        for message in history.messages()
        if message.role in ("user", "assistant") and (text := message.text_content)
    ][-_LINES:]
    while len(written := json.dumps(said, ensure_ascii=False)) and len(written.encode()) > LARGEST:
        said.pop(0)
    return written


def received(payload: str) -> tuple[Line, ...]:
    try:
        return tuple(
            Line(role="caller" if turn["role"] == "caller" else "agent", text=str(turn["text"])[:_LENGTH])
            for turn in json.loads(payload)
        )
    except (ValueError, KeyError, TypeError):
        return ()
