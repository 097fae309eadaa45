"""POST /v1/chat/completions: OpenAI's chat, streamed and whole, with tools."""

import asyncio
import json
from typing import Any

from aiohttp import web
from pydantic import BaseModel, Field, ValidationError

from local.speech import completions
from local.speech.completions import Answer
from local.speech.stand_in import dialogue
from local.speech.stand_in.mind import Mind
from local.speech.stand_in.tools import Tool


class FunctionSpec(BaseModel):
    name: str
    parameters: dict[str, Any] = Field(default_factory=dict)


class ToolSpec(BaseModel):
    function: FunctionSpec


class StreamOptions(BaseModel):
    include_usage: bool = False


class ChatRequest(BaseModel):
    """What of OpenAI's request matters here; its other fields are let through unread."""

    model: str = "stand-in"
    messages: list[dict[str, Any]] = Field(min_length=1, max_length=2000)
    tools: list[ToolSpec] = Field(default_factory=list)
    tool_choice: str | ToolSpec = "auto"
    stream: bool = False
    stream_options: StreamOptions = StreamOptions()

    def must_call(self) -> str | None:
        if isinstance(self.tool_choice, ToolSpec):
            return self.tool_choice.function.name
        return "required" if self.tool_choice == "required" else None

    def usable_tools(self) -> list[Tool]:
        if self.tool_choice == "none":
            return []
        return [Tool(spec.function.name, spec.function.parameters) for spec in self.tools]


class ChatEndpoint:
    def __init__(self, mind: Mind) -> None:
        self._mind = mind

    async def handle(self, request: web.Request) -> web.StreamResponse:
        try:
            wanted = ChatRequest.model_validate_json(await request.read())
        except ValidationError as error:
            return web.json_response(completions.failure(str(error)), status=400)
        deed = await asyncio.to_thread(
            self._mind.decide,
            dialogue.read(wanted.messages),
            wanted.usable_tools(),
            must_call=wanted.must_call(),
        )
        answer = Answer.to(wanted.messages, deed=deed, model=wanted.model)
        if not wanted.stream:
            return web.json_response(answer.whole())
        return await _stream(request, answer, usage=wanted.stream_options.include_usage)


async def _stream(request: web.Request, answer: Answer, *, usage: bool) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await response.prepare(request)
    for chunk in answer.chunks(usage=usage):
        await response.write(f"data: {json.dumps(chunk)}\n\n".encode())
    await response.write(b"data: [DONE]\n\n")
    await response.write_eof()
    return response
