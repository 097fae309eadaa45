"""What is evaluated: the offline stand-in, and any model behind OpenAI's chat completions."""

import asyncio
from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final, Protocol

from openai import AsyncOpenAI

from local.speech.stand_in import corpus, dialogue
from local.speech.stand_in.mind import Call, Mind
from local.speech.stand_in.tools import Tool
from local.speech.stand_in.understanding import Understanding
from tests.evals.history import TOOLS, Question
from tests.evals.material import Then

_AT_ONCE: Final = 4


class Decider(Protocol):
    @property
    def name(self) -> str: ...
    async def decide(self, question: Question) -> Then: ...


class StandIn:
    name = "offline stand-in"

    @cached_property
    def _mind(self) -> Mind:
        return Mind(Understanding.best_possible(corpus.load()))

    async def decide(self, question: Question) -> Then:
        functions = [tool["function"] for tool in question.tools]
        tools = [Tool(function["name"], function["parameters"]) for function in functions]
        deed = self._mind.decide(dialogue.read(question.messages), tools)
        return _effect([deed.name] if isinstance(deed, Call) else [])


class Model:
    def __init__(self, *, model: str, base_url: str | None, api_key: str) -> None:
        self.name = model
        self._client = AsyncOpenAI(base_url=base_url, api_key=api_key, max_retries=4)
        self._free = asyncio.Semaphore(_AT_ONCE)

    async def decide(self, question: Question) -> Then:
        # The wire's own JSON, which the package describes by some two dozen types.
        messages: Any = list(question.messages)
        tools: Any = list(question.tools)
        async with self._free:
            answer = await self._client.chat.completions.create(
                model=self.name, messages=messages, tools=tools, temperature=0
            )
        calls = answer.choices[0].message.tool_calls or ()
        return _effect([call.function.name for call in calls if call.type == "function"])


async def decide_all(decider: Decider, questions: Sequence[Question]) -> list[Then]:
    return list(await asyncio.gather(*map(decider.decide, questions)))


def _effect(called: Sequence[str]) -> Then:
    """A call of any other tool, or none, asks for nobody."""
    return next((TOOLS[name] for name in called if name in TOOLS), "nothing")
