"""Talking with the AI in writing."""

import json
import re

import pytest
from livekit.agents import APIStatusError, llm

from agent_container import prompts
from agent_container.console import converse, read_line
from agent_container.narration import Narration
from tests.unit.agent_container.fakes import FakeApi, ScriptedLLM, Turn, calls, says

ASK = calls("transfer_to_human_agent", json.dumps({"reason": "caller_request", "summary": "wants a person"}))


async def talk(api: FakeApi, turns: list[Turn], lines: list[str]) -> list[str]:
    said: list[str] = []

    async def read() -> str | None:
        return lines.pop(0) if lines else None

    await converse(model=ScriptedLLM(*turns), api=api, read=read, narration=Narration(said.append))
    return [re.sub(r"\d\d:\d\d:\d\d", "{time}", line.split(" · ")[0]) for line in said]


async def test_what_is_heard_and_said_is_told() -> None:
    said = await talk(FakeApi(), [says("We open at nine.")], ["When do you open?"])

    assert said == [f"said   {prompts.GREETING}", "heard  When do you open?", "said   We open at nine."]


async def test_without_an_api_the_tool_says_so_and_the_conversation_goes_on() -> None:
    api = FakeApi()
    api.is_down()

    said = await talk(api, [ASK, says("I cannot reach anybody."), says("Nine.")], ["a person", "hours?"])

    assert said == [
        f"said   {prompts.GREETING}",
        "heard  a person",
        'calls  transfer_to_human_agent(reason="caller_request", summary="wants a person")',
        f"fails  {prompts.OUTCOME_NOT_REACHED}",
        "said   I cannot reach anybody.",
        "heard  hours?",
        "said   Nine.",
    ]


async def test_a_model_that_does_not_answer_is_reported() -> None:
    def refuse(_context: llm.ChatContext) -> llm.ChoiceDelta:
        raise APIStatusError("no key", status_code=401, retryable=False)

    said = await talk(FakeApi(), [refuse], ["hello"])

    assert said == [
        f"said   {prompts.GREETING}",
        "heard  hello",
        "fails  the model did not answer (APIStatusError)",
    ]


async def test_a_line_is_read_until_there_are_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = iter(["hello \n", ""])
    monkeypatch.setattr("sys.stdin.readline", lambda: next(lines), raising=False)

    assert await read_line() == "hello"
    assert await read_line() is None
