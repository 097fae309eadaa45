"""Asks the model something aside from the conversation: no tools, no voice, words only."""

from typing import Any

from livekit.agents import ChatContext, llm


async def asked(model: llm.LLM[Any], *, instructions: str, words: str) -> str:
    context = ChatContext.empty()
    context.add_message(role="system", content=instructions)
    context.add_message(role="user", content=words)
    async with model.chat(chat_ctx=context) as stream:
        parts = [chunk.delta.content or "" async for chunk in stream if chunk.delta]
    return "".join(parts).strip()
