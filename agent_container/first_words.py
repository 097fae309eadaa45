"""A first answer of the model and of the voice, from nobody: what it sets up is then there for all jobs."""

import json
from typing import Any, Final

from httpx2 import MockTransport, Request, Response
from openai import AsyncClient, DefaultAsyncHttpxClient

_NOBODY: Final = "http://nobody"
_CALLED: Final = {"index": 0, "id": "1", "type": "function", "function": {"name": "t", "arguments": "{}"}}
_SAID: Final[list[dict[str, Any]]] = [{"content": "Hello"}, {"tool_calls": [_CALLED]}]


async def first_words() -> None:
    """As the plugins ask."""
    nobody = DefaultAsyncHttpxClient(transport=MockTransport(_answer), trust_env=False)
    async with AsyncClient(base_url=_NOBODY, api_key="none", http_client=nobody) as client:
        await client.models.list()
        async with await client.chat.completions.create(model="m", messages=[], stream=True) as said:
            async for _ in said:
                pass
        speech = client.audio.speech.with_streaming_response
        async with speech.create(model="m", voice="ash", input="", response_format="wav") as spoken:
            await spoken.read()


def _answer(request: Request) -> Response:
    if request.url.path != "/chat/completions":
        return Response(200, json={"object": "list", "data": []})
    chunks = [_chunk(delta) for delta in _SAID]
    lines = [f"data: {line}\n\n" for line in (*map(json.dumps, chunks), "[DONE]")]
    return Response(200, headers={"Content-Type": "text/event-stream"}, text="".join(lines))


def _chunk(delta: dict[str, Any]) -> dict[str, Any]:
    choices = [{"index": 0, "delta": delta, "finish_reason": None}]
    return {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": choices}
