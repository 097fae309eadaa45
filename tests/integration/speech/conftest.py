"""One real speech server for a session of tests, and the real plugins in front of it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
from livekit.plugins import deepgram, openai

ROOT = Path(__file__).parents[3]
# On a machine that never ran it, the server first learns its sentences.
READY_SECONDS = 280


@pytest.fixture(scope="session")
def speech_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = _free_port()
    log = tmp_path_factory.mktemp("speech") / "speech.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "local.speech", "--port", str(port)],
            cwd=ROOT,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(address, server, log)
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def stt(speech_server: str, http: aiohttp.ClientSession) -> deepgram.STT:
    return deepgram.STT(base_url=f"{speech_server}/v1/listen", api_key="offline", http_session=http)


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


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_until_ready(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not _ready(address):
        if server.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"the speech server did not start:\n{log.read_text()}")
        time.sleep(0.1)


def _ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
