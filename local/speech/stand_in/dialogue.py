"""What of a chat matters for the next turn: the last words of each side, a tool's answer, an instruction."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Dialogue:
    said: str = ""
    """The caller's last turn."""
    before: str = ""
    """The agent's words that the caller's last turn answers."""
    tool_output: str | None = None
    instruction: str | None = None
    """A system message that came last: the agent is to speak without having been asked."""


def read(messages: Sequence[dict[str, Any]]) -> Dialogue:
    if not messages:
        return Dialogue()
    last = messages[-1]
    said, before = _last_exchange(messages)
    return Dialogue(
        said=said,
        before=before,
        tool_output=text_of(last) if last.get("role") == "tool" else None,
        instruction=text_of(last) if last.get("role") in ("system", "developer") else None,
    )


def text_of(message: dict[str, Any]) -> str:
    content = message.get("content") or ""
    if isinstance(content, str):
        return content.strip()
    return " ".join(str(part.get("text", "")) for part in content if isinstance(part, dict)).strip()


def _last_exchange(messages: Sequence[dict[str, Any]]) -> tuple[str, str]:
    said: list[str] = []
    for message in reversed(messages):
        role, text = message.get("role"), text_of(message)
        if role == "user":
            said.insert(0, text)
        elif role == "assistant" and text and said:
            return " ".join(said), text
    return " ".join(said), ""


def readable(output: str) -> str:
    """A tool's answer as words: of a JSON object, what it has to say."""
    try:
        content = json.loads(output)
    except ValueError:
        return output
    return " ".join(_words(content)) or output


def _words(content: Any) -> list[str]:
    if isinstance(content, dict):
        told = [
            content[key] for key in ("message", "say", "text", "detail") if isinstance(content.get(key), str)
        ]
        return told[:1] or [word for value in content.values() for word in _words(value)]
    if isinstance(content, list):
        return [word for value in content for word in _words(value)]
    return [content] if isinstance(content, str) else []
