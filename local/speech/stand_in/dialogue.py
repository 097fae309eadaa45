"""What of a chat matters for the next turn: the last words of each side, a tool's answer, an instruction."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Turn:
    by_caller: bool
    text: str


@dataclass(frozen=True, slots=True)
class Dialogue:
    said: str = ""
    """The caller's last turn."""
    before: str = ""
    """The agent's words that the caller's last turn answers."""
    tool_output: str | None = None
    instruction: str | None = None
    """A system message that came last: the agent is to speak without having been asked."""
    turns: tuple[Turn, ...] = field(default=(), compare=False)
    """Everything said so far, by both sides."""
    called: tuple[str, ...] = field(default=(), compare=False)
    """The names of the tools called so far."""


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
        turns=tuple(_turns(messages)),
        called=tuple(_called(messages)),
    )


def _turns(messages: Sequence[dict[str, Any]]) -> Iterator[Turn]:
    for message in messages:
        role, text = message.get("role"), text_of(message)
        if role in ("user", "assistant") and text:
            yield Turn(by_caller=role == "user", text=text)


def _called(messages: Sequence[dict[str, Any]]) -> Iterator[str]:
    for message in messages:
        for call in message.get("tool_calls") or ():
            yield str(call.get("function", {}).get("name", ""))


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
