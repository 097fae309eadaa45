"""The OpenAI plugins talk to the server as they do to OpenAI."""

from typing import Literal

import aiohttp
import pytest
from livekit.agents import function_tool
from livekit.agents.llm import ChatContext, CollectedResponse
from livekit.plugins import openai


@function_tool
async def transfer_to_human_agent(
    reason: Literal["caller_request", "emergency", "other"], summary: str
) -> None:
    """Calls a human agent.

    Args:
        reason: Why.
        summary: What it is about.
    """


def chat(*turns: tuple[Literal["user", "assistant", "system"], str]) -> ChatContext:
    context = ChatContext.empty()
    context.add_message(role="system", content="You are a friendly assistant.")
    for role, text in turns:
        context.add_message(role=role, content=text)
    return context


async def answer(
    llm: openai.LLM, context: ChatContext, *, tool_choice: Literal["auto", "none", "required"] = "auto"
) -> CollectedResponse:
    stream = llm.chat(chat_ctx=context, tools=[transfer_to_human_agent], tool_choice=tool_choice)
    return await stream.collect()


WISH = "Could you possibly let one of your human helpers speak with me?"


async def test_a_wish_becomes_a_call_with_arguments_of_the_schema(llm: openai.LLM) -> None:
    said = await answer(llm, chat(("user", WISH)))

    [call] = said.tool_calls
    assert call.name == "transfer_to_human_agent"
    assert '"reason": "caller_request"' in call.arguments
    assert WISH in call.arguments
    assert said.text == ""


async def test_usage_is_counted(llm: openai.LLM) -> None:
    said = await answer(llm, chat(("user", "Good day to you!")))

    assert said.usage is not None
    assert said.usage.total_tokens == said.usage.prompt_tokens + said.usage.completion_tokens > 2


async def test_an_accepted_offer_becomes_a_call(llm: openai.LLM) -> None:
    context = chat(
        ("user", "Hm."),
        ("assistant", "Shall I fetch a person who can look at that?"),
        ("user", "Yes please."),
    )

    assert [call.name for call in (await answer(llm, context)).tool_calls] == ["transfer_to_human_agent"]


async def test_tool_choice_none_is_obeyed(llm: openai.LLM) -> None:
    said = await answer(llm, chat(("user", WISH)), tool_choice="none")

    assert (said.tool_calls, bool(said.text)) == ([], True)


async def test_a_required_tool_is_called(llm: openai.LLM) -> None:
    assert len((await answer(llm, chat(("user", "Hi!")), tool_choice="required")).tool_calls) == 1


async def test_an_instruction_to_greet_is_followed(llm: openai.LLM) -> None:
    said = await answer(llm, chat(("system", "Greet the caller and ask how you can help.")))

    assert said.text.startswith("Hello")


async def test_speech_comes_as_audio(tts: openai.TTS) -> None:
    frame = await tts.synthesize("Good morning. How can I help you today?").collect()

    assert frame.sample_rate == 24_000
    assert 1.5 < frame.duration < 6.0
    assert max(frame.data) > 3000


@pytest.mark.parametrize(("kind", "first"), [("wav", b"RIFF"), ("pcm", None)])
async def test_speech_comes_in_the_format_asked_for(
    speech_server: str, http: aiohttp.ClientSession, kind: str, first: bytes | None
) -> None:
    body = {"input": "One. Two.", "voice": "human", "model": "tts-1", "response_format": kind}
    async with http.post(f"{speech_server}/v1/audio/speech", json=body) as spoken:
        audio = await spoken.read()

    assert spoken.content_type == f"audio/{kind}"
    assert len(audio) > 24_000
    assert first is None or audio.startswith(first)


async def test_an_answer_comes_whole_when_no_stream_is_asked_for(
    speech_server: str, http: aiohttp.ClientSession
) -> None:
    body = {"model": "gpt-4o", "messages": [{"role": "user", "content": "Many thanks to you!"}]}
    async with http.post(f"{speech_server}/v1/chat/completions", json=body) as answered:
        [choice] = (await answered.json())["choices"]

    assert (choice["finish_reason"], choice["message"]["role"]) == ("stop", "assistant")
    assert "welcome" in choice["message"]["content"]


async def test_the_models_are_listed(speech_server: str, http: aiohttp.ClientSession) -> None:
    async with http.get(f"{speech_server}/v1/models") as answered:
        assert "gpt-4o" in [model["id"] for model in (await answered.json())["data"]]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("chat/completions", {}),
        ("chat/completions", {"messages": []}),
        ("chat/completions", {"messages": "hello"}),
        ("audio/speech", {}),
        ("audio/speech", {"input": ""}),
        ("audio/speech", {"input": "x" * 5000}),
    ],
)
async def test_bad_input_is_refused_in_openais_words(
    speech_server: str, http: aiohttp.ClientSession, path: str, body: dict[str, object]
) -> None:
    async with http.post(f"{speech_server}/v1/{path}", json=body) as refused:
        error = (await refused.json())["error"]

    assert (refused.status, error["type"]) == (400, "invalid_request_error")
