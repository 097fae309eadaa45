"""A first conversation with the model and a first sentence of the voice, from nobody.

What they set up is then there for all jobs. Python also writes into code how best to run it; that is
done, too, before its pages are shared.
"""

import asyncio
import io
import json
import wave
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any, Final

from aiohttp import web
from livekit.plugins import openai
from openai import AsyncClient, DefaultAsyncHttpxClient

from agent_container.config import Settings
from agent_container.console import converse
from agent_container.main import build_client
from agent_container.narration import Narration
from agent_container.trust import trust

_SAID: Final = ("Hello, you. ", "What can I do?")
_HEARD: Final = ("Hello.", "Nothing, thank you.")
_RATE: Final = 24_000
_WITHIN_S: Final = 10.0  # or the worker would never be ready


async def first_words(settings: Settings) -> list[str]:
    """Over loopback, as in a call; returns what was told of it, raises TimeoutError when it does not end."""
    told: list[str] = []
    async with asyncio.timeout(_WITHIN_S), _nobody() as client:
        await _talk(openai.LLM(model="m", client=client), settings, Narration(told.append))
        async with openai.TTS(model="m", client=client, response_format="wav").synthesize(_SAID[0]) as spoken:
            told += ["spoken" async for _ in spoken]
    return told


async def _talk(model: openai.LLM, settings: Settings, narration: Narration) -> None:
    heard = iter(_HEARD)

    async def read() -> str | None:
        return next(heard, None)

    async with build_client(settings) as api:
        await converse(model=model, api=api, read=read, narration=narration)


@asynccontextmanager
async def _nobody() -> AsyncIterator[AsyncClient]:
    app = web.Application()
    app.add_routes(
        [
            web.get("/models", _models),
            web.post("/chat/completions", _words),
            web.post("/audio/speech", _voice),
        ]
    )
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        http = DefaultAsyncHttpxClient(verify=trust(), trust_env=False)
        async with AsyncClient(base_url=f"http://{host}:{port}", api_key="none", http_client=http) as client:
            yield client
    finally:
        await runner.cleanup()


async def _models(_request: web.Request) -> web.Response:
    return web.json_response({"object": "list", "data": []})


async def _words(_request: web.Request) -> web.Response:
    lines = [f"data: {line}\n\n" for line in (*map(json.dumps, _chunks()), "[DONE]")]
    return web.Response(text="".join(lines), content_type="text/event-stream")


async def _voice(_request: web.Request) -> web.Response:
    silence = io.BytesIO()
    with wave.open(silence, "wb") as file:
        file.setparams((1, 2, _RATE, 0, "NONE", ""))
        file.writeframes(bytes(_RATE))
    return web.Response(body=silence.getvalue(), content_type="audio/wav", headers={"x-request-id": "1"})


def _chunks() -> Iterator[dict[str, Any]]:
    for text in _SAID:
        choices = [{"index": 0, "delta": {"content": text}, "finish_reason": None}]
        yield {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": choices}
