"""Providers and a handoff API on fixed loopback ports: what is heard and answered is up to the test."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, Self

from aiohttp import web

from tests.integration.worker.providers import Providers, chunk, spoken_for, transcript

Json = dict[str, Any]
# What the model does after the messages so far: a delta of the chat protocol.
Mind = Callable[[list[Json]], Json]

WISH = "I want to talk to a person"
ANSWER = "I have asked a colleague to join us and stay with you while we wait."
SMALL_TALK = "I am still here with you and I am listening."
SUMMARY = "The bill of November is too high."
MARIA = "human-agent-maria-1"
ESCALATION: Json = {"id": "esc_1", "status": "notified", "people_told": 1, "claim": None}


def wished_for(messages: list[Json]) -> Json:
    """Asks for a person once one was wished for."""
    if messages[-1]["role"] == "tool":
        return {"content": ANSWER}
    asked = any(message.get("tool_calls") for message in messages)
    wished = any(WISH in str(message["content"]) for message in messages if message["role"] == "user")
    return {"content": SMALL_TALK} if asked or not wished else {"tool_calls": [_transfer()]}


def _transfer() -> Json:
    arguments = json.dumps({"reason": "caller_request", "summary": SUMMARY})
    function = {"name": "transfer_to_human_agent", "arguments": arguments}
    return {"index": 0, "id": "call_1", "type": "function", "function": function}


class ScriptedProviders(Providers):
    def __init__(self, port: int) -> None:
        super().__init__()
        self._port = port
        self.hears: list[str] = []
        self.mind: Mind = wished_for
        self.thinks = asyncio.Event()
        self.thinks.set()
        self.asked = 0
        self.spoken: list[str] = []

    def _heard(self) -> str:
        return transcript(self.hears.pop(0) if self.hears else SMALL_TALK)

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        delta = self.mind((await request.json())["messages"])
        self.asked += 1
        await self.thinks.wait()
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await answer.prepare(request)
        for each in (chunk(delta), chunk({}, finish="tool_calls" if "tool_calls" in delta else "stop")):
            await answer.write(f"data: {json.dumps(each)}\n\n".encode())
        await answer.write(b"data: [DONE]\n\n")
        return answer

    async def _speak(self, request: web.Request) -> web.StreamResponse:
        text = (await request.json())["input"]
        self.spoken.append(text)
        return web.Response(body=spoken_for(text), content_type="audio/wav")


class ScriptedApi:
    """Knows one escalation at most, and whoever was let into the room."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._runner: web.AppRunner | None = None
        self.opened: list[tuple[str, Json]] = []
        self.posted: list[str] = []
        self.asked = asyncio.Event()
        self.answers = asyncio.Event()
        self.answers.set()
        self._human: Json | None = None

    def let_in(self, identity: str, name: str) -> None:
        self._human = {"identity": identity, "name": name, "escalation_id": "esc_1", "there": True}

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/v1/escalations", self._open)
        app.router.add_get("/v1/rooms/{room}", self._room)
        app.router.add_route("*", "/{path:.*}", self._other)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        self.answers.set()
        if self._runner:
            await self._runner.cleanup()

    async def _open(self, request: web.Request) -> web.Response:
        self.opened.append((request.headers["Idempotency-Key"], await request.json()))
        self.asked.set()
        await self.answers.wait()
        return web.json_response(ESCALATION, status=201)

    async def _room(self, _request: web.Request) -> web.Response:
        escalation = ESCALATION if self.opened else None
        people = [self._human] if self._human else []
        return web.json_response({"escalation": escalation, "human_agents": people})

    async def _other(self, request: web.Request) -> web.Response:
        self.posted.append(f"{request.method} {request.path}")
        return web.json_response(ESCALATION)
