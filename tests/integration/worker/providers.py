"""Loopback providers that speak the real protocols, and fail in the way that they are told to."""

import asyncio
import io
import json
import wave
from typing import Any, Final, Self

import numpy as np
from aiohttp import WSMsgType, web

from local.stack.ports import any_free

REFUSE, HANG, ERROR, GARBAGE, CUT = FAULTS = ("refuse", "hang", "500", "garbage", "cut")
HEARD: Final = "hello my bill is wrong"
REPLY: Final = "Let me look at your bill. It will take a little while, and then I will tell you what I see."
RATE: Final = 24_000
_LOUD: Final = 500
# As many loud pieces are a sentence, and as many quiet ones its end.
_ENOUGH: Final = 8


class Providers:
    """Ears, mind and mouth on one port each; `faults` says which of them fails, and how."""

    def __init__(self, **faults: str) -> None:
        self._faults = faults
        self._runner: web.AppRunner | None = None
        self._port = 0
        self._over = asyncio.Event()
        # Somebody is in the middle of a sentence.
        self.hearing = asyncio.Event()

    def address(self, *providers: str) -> str:
        refused = any(self._faults.get(each) == REFUSE for each in providers)
        port = any_free() if refused else self._port
        return f"http://127.0.0.1:{port}/v1"

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/v1/listen", self._listen)
        app.router.add_post("/v1/chat/completions", self._chat)
        app.router.add_post("/v1/audio/speech", self._speak)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True).start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._over.set()
        if self._runner:
            await self._runner.cleanup()

    async def _listen(self, request: web.Request) -> web.StreamResponse:
        fault = self._faults.get("stt")
        if fault == ERROR:
            return web.Response(status=500)
        socket_ = web.WebSocketResponse()
        await socket_.prepare(request)
        ear = _Ear()
        async for message in socket_:
            if message.type == WSMsgType.BINARY and self._has_heard(ear, message.data) and fault != HANG:
                if fault == CUT:
                    break
                await socket_.send_str("{]" if fault == GARBAGE else self._heard())
        return socket_

    def _has_heard(self, ear: "_Ear", samples: bytes) -> bool:
        heard = ear.has_heard_a_sentence(samples)
        if ear.is_amid_one():
            self.hearing.set()
        return heard

    def _heard(self) -> str:
        return transcript(HEARD)

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        fault = self._faults.get("llm")
        if fault == ERROR:
            return web.Response(status=500)
        if fault == HANG:
            await self._over.wait()
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await answer.prepare(request)
        for count, word in enumerate(REPLY.split()):
            if fault == CUT and count > len(REPLY.split()) // 2:
                return _broken_off(request, answer)
            content = "{]" if fault == GARBAGE else json.dumps(chunk({"content": word + " "}))
            await answer.write(f"data: {content}\n\n".encode())
        await answer.write(f"data: {json.dumps(chunk({}, finish='stop'))}\n\ndata: [DONE]\n\n".encode())
        return answer

    async def _speak(self, request: web.Request) -> web.StreamResponse:
        fault = self._faults.get("tts")
        if fault == ERROR:
            return web.Response(status=500)
        if fault == HANG:
            await self._over.wait()
        answer = web.StreamResponse(headers={"Content-Type": "audio/wav"})
        await answer.prepare(request)
        spoken = (
            b"no sound at all" * 2000 if fault == GARBAGE else spoken_for((await request.json())["input"])
        )
        await answer.write(spoken[: len(spoken) // 2])
        if fault == CUT:
            return _broken_off(request, answer)
        await answer.write(spoken[len(spoken) // 2 :])
        return answer


class _Ear:
    """Knows a sentence by its loudness and by the pause after it."""

    def __init__(self) -> None:
        self._loud = self._quiet = 0

    def has_heard_a_sentence(self, samples: bytes) -> bool:
        if np.abs(np.frombuffer(samples, np.int16)).max(initial=0) > _LOUD:
            self._loud, self._quiet = self._loud + 1, 0
            return False
        self._quiet += 1
        if not self.is_amid_one() or self._quiet < _ENOUGH:
            return False
        self._loud = 0
        return True

    def is_amid_one(self) -> bool:
        return self._loud >= _ENOUGH


def _broken_off(request: web.Request, answer: web.StreamResponse) -> web.StreamResponse:
    if request.transport:
        request.transport.close()
    return answer


def transcript(heard: str) -> str:
    alternative = {"transcript": heard, "confidence": 0.99, "words": []}
    return json.dumps(
        {
            "type": "Results",
            "is_final": True,
            "speech_final": True,
            "start": 0.0,
            "duration": 1.0,
            "metadata": {"request_id": "1"},
            "channel": {"alternatives": [alternative]},
        }
    )


def chunk(delta: dict[str, Any], *, finish: str | None = None) -> dict[str, object]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "m",
        "choices": [choice],
    }


def addresses(port: int) -> dict[str, str]:
    """What a worker has to be told to hear, think and speak with the providers of this port."""
    base = f"http://127.0.0.1:{port}/v1"
    return {"DEEPGRAM_BASE_URL": f"{base}/listen", "OPENAI_BASE_URL": base}


def spoken_for(text: str) -> bytes:
    """A tone that is as long as the words would be."""
    return hum(seconds=max(0.4, len(text) / 18))


def hum(*, seconds: float) -> bytes:
    at = np.arange(int(RATE * seconds)) / RATE
    tone = (np.sin(2 * np.pi * 220 * at) * 8000).astype("<i2")
    with io.BytesIO() as file:
        with wave.open(file, "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(RATE)
            sound.writeframes(tone.tobytes())
        return file.getvalue()
