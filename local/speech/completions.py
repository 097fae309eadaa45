"""The shapes of OpenAI's chat completion answers: one object, or a stream of chunks."""

import json
import re
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from local.speech.stand_in.mind import Call, Words

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    id: str
    created: int
    model: str
    deed: Call | Words
    usage: Json

    @classmethod
    def to(cls, messages: Sequence[Json], *, deed: Call | Words, model: str) -> "Answer":
        return cls(
            id=f"chatcmpl-{uuid.uuid4().hex}",
            created=int(time.time()),
            model=model,
            deed=deed,
            usage=_usage(asked=json.dumps(list(messages)), answered=str(deed)),
        )

    def whole(self) -> Json:
        message: Json = {"role": "assistant", "content": None, **_content(self.deed)}
        choice = {"index": 0, "message": message, "finish_reason": self._finish(), "logprobs": None}
        return {**self._frame("chat.completion"), "choices": [choice], "usage": self.usage}

    def chunks(self, *, usage: bool) -> Iterator[Json]:
        yield self._chunk({"role": "assistant", "content": "" if isinstance(self.deed, Words) else None})
        for delta in _deltas(self.deed):
            yield self._chunk(delta)
        yield self._chunk({}, finish=self._finish())
        if usage:
            yield {**self._frame("chat.completion.chunk"), "choices": [], "usage": self.usage}

    def _finish(self) -> str:
        return "tool_calls" if isinstance(self.deed, Call) else "stop"

    def _frame(self, kind: str) -> Json:
        return {"id": self.id, "object": kind, "created": self.created, "model": self.model}

    def _chunk(self, delta: Json, *, finish: str | None = None) -> Json:
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        return {**self._frame("chat.completion.chunk"), "choices": [choice]}


def failure(message: str) -> Json:
    return {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": None}}


def _content(deed: Call | Words) -> Json:
    return {"content": deed.text} if isinstance(deed, Words) else {"tool_calls": [_tool_call(deed)]}


def _deltas(deed: Call | Words) -> Iterator[Json]:
    if isinstance(deed, Call):
        yield {"tool_calls": [{"index": 0, **_tool_call(deed)}]}
    else:
        yield from ({"content": word} for word in re.findall(r"\S+\s*", deed.text))


def _tool_call(call: Call) -> Json:
    function = {"name": call.name, "arguments": json.dumps(call.arguments)}
    return {"id": f"call_{uuid.uuid4().hex[:24]}", "type": "function", "function": function}


def _usage(*, asked: str, answered: str) -> Json:
    """About four characters make a token."""
    prompt, completion = len(asked) // 4 + 1, len(answered) // 4 + 1
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
