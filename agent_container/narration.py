"""Tells a person at a terminal what a session hears, says and calls, and how long each of it took."""

import json
import os
from collections.abc import Callable, Iterator
from typing import Any, Final, TextIO

from livekit.agents import AgentSession, ConversationItemAddedEvent, FunctionToolsExecutedEvent, llm

Write = Callable[[str], None]

_COLOURS: Final = {"heard": "36", "said": "32", "calls": "33", "gets": "34", "fails": "31"}
_DIM: Final = "2"
_HEADS: Final = {"user": "heard", "assistant": "said"}
_LATENCIES: Final = {
    "transcription_delay": "understood after",
    "end_of_turn_delay": "turn over after",
    "llm_node_ttft": "first word after",
    "tts_node_ttfb": "voice after",
    "e2e_latency": "answered after",
}


def in_colour(stream: TextIO) -> bool:
    """See https://no-color.org: any value that is not empty forbids it."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


class Narration:
    def __init__(self, write: Write, *, colour: bool = False) -> None:
        self._write = write
        self._colour = colour

    def follow(self, session: AgentSession[Any]) -> None:
        session.on("conversation_item_added", self._on_item)
        session.on("function_tools_executed", self._on_tools)

    def tell(self, head: str, text: str, *times: str) -> None:
        told = f"{self._painted(f'{head:<6}', _COLOURS[head])} {text}"
        self._write(" ".join([told, *(self._painted(f"· {time}", _DIM) for time in times)]))

    def _on_item(self, event: ConversationItemAddedEvent) -> None:
        item = event.item
        if isinstance(item, llm.ChatMessage) and item.role in _HEADS and item.text_content:
            self.tell(_HEADS[item.role], item.text_content, *_latencies(item))

    def _on_tools(self, event: FunctionToolsExecutedEvent) -> None:
        for call, output in event.zipped():
            self.tell("calls", f"{call.name}({_arguments(call.arguments)})")
            took = _seconds(max(0.0, output.created_at - call.created_at))
            self.tell("fails" if output.is_error else "gets", output.output, f"took {took}")

    def _painted(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._colour else text


def _latencies(item: llm.ChatMessage) -> Iterator[str]:
    for name, words in _LATENCIES.items():
        if isinstance(seconds := item.metrics.get(name), float):
            yield f"{words} {_seconds(seconds)}"


def _arguments(written: str) -> str:
    """As the model wrote them when they are no JSON object."""
    try:
        given = json.loads(written or "{}")
    except ValueError:
        return written
    if not isinstance(given, dict):
        return written
    return ", ".join(f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in given.items())


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s"
