"""A first conversation with the model and a first sentence of the voice, from nobody.

What they set up is then there for all jobs. Python also writes into code how best to run it; that is
done, too, before its pages are shared.
"""

import asyncio
import json
from collections.abc import Iterator
from typing import Any, Final

from httpx2 import MockTransport, Request, Response
from livekit.plugins import openai
from openai import AsyncClient, DefaultAsyncHttpxClient

from agent_container.config import Settings
from agent_container.console import converse
from agent_container.main import build_client
from agent_container.narration import Narration

_NOBODY: Final = "http://nobody"
_SAID: Final = ("Hello, you. ", "What can I do?")
_HEARD: Final = ("Hello.", "Nothing, thank you.")
_WITHIN_S: Final = 10.0  # or the worker would never be ready


async def first_words(settings: Settings) -> list[str]:
    """As the plugins ask; returns what was told of it, raises TimeoutError when it does not end."""
    told: list[str] = []
    nobody = DefaultAsyncHttpxClient(transport=MockTransport(_answer), trust_env=False)
    client = AsyncClient(base_url=_NOBODY, api_key="none", http_client=nobody)
    async with asyncio.timeout(_WITHIN_S), client:
        await client.models.list()
        await _talk(openai.LLM(model="m", client=client), settings, Narration(told.append))
        speech = client.audio.speech.with_streaming_response
        async with speech.create(model="m", voice="ash", input="", response_format="wav") as spoken:
            await spoken.read()
    return told


async def _talk(model: openai.LLM, settings: Settings, narration: Narration) -> None:
    heard = iter(_HEARD)

    async def read() -> str | None:
        return next(heard, None)

    async with build_client(settings) as api:
        await converse(model=model, api=api, read=read, narration=narration)


def _answer(request: Request) -> Response:
    if request.url.path != "/chat/completions":
        return Response(200, json={"object": "list", "data": []})
    lines = [f"data: {line}\n\n" for line in (*map(json.dumps, _chunks()), "[DONE]")]
    return Response(200, headers={"Content-Type": "text/event-stream"}, text="".join(lines))


def _chunks() -> Iterator[dict[str, Any]]:
    for text in _SAID:
        choices = [{"index": 0, "delta": {"content": text}, "finish_reason": None}]
        yield {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": choices}
