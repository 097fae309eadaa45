"""One real speech server for a session of tests, and the real plugins in front of it."""

import os
import sys
from collections.abc import AsyncIterator, Iterator

import aiohttp
import pytest
from livekit.plugins import deepgram, openai

from local.stack.ports import any_free
from tests.integration.processes import answers, running
from tests.integration.speech.listening import ears

# On a machine that never ran it, the server first learns its sentences.
READY_SECONDS = 280


@pytest.fixture(scope="session")
def speech_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = any_free()
    address = f"http://127.0.0.1:{port}"
    with running(
        [sys.executable, "-m", "local.speech", "--port", str(port)],
        tmp_path_factory.mktemp("speech") / "speech.log",
        lambda _: answers(f"{address}/healthz"),
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        within_s=READY_SECONDS,
    ):
        yield address


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def stt(speech_server: str, http: aiohttp.ClientSession) -> deepgram.STT:
    return ears(speech_server, http)


@pytest.fixture
async def llm(speech_server: str) -> AsyncIterator[openai.LLM]:
    model = openai.LLM(model="gpt-4o", base_url=f"{speech_server}/v1", api_key="offline")
    yield model
    await model.aclose()


@pytest.fixture
async def tts(speech_server: str) -> AsyncIterator[openai.TTS]:
    voice = openai.TTS(base_url=f"{speech_server}/v1", api_key="offline", response_format="wav")
    yield voice
    await voice.aclose()
