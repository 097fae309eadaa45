"""A human agent asks in writing; the answer goes to nobody else."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from livekit.agents import APIConnectionError, llm

from agent_container.brief import Brief, BriefLine
from agent_container.escalation import Line
from agent_container.private_chat import TOPIC, PrivateChat
from tests.unit.agent_container.fakes import MARIA, FakeClaims, FakeRoom, ScriptedLLM, says

BRIEF = Brief(
    summary="A wrong bill.",
    lines=(BriefLine(kind="fact", text="invoice 4711", turns=(1,)),),
    transcript=(Line(role="caller", text="invoice 4711 is wrong"),),
)


class Text:
    def __init__(self, text: str) -> None:
        self._text = text

    async def read_all(self) -> str:
        return self._text


class Names:
    async def name_of(self, identity: str) -> str | None:
        return FakeClaims().names.get(identity)


class House:
    def __init__(self, model: llm.LLM[Any] | None) -> None:
        self.room = FakeRoom()
        self.chat = PrivateChat(
            room=self.room.as_room, model=model, confirmation=Names(), brief=lambda: BRIEF
        )
        self.chat.open()

    async def ask(self, question: str, *, who: str = MARIA) -> list[tuple[str, str, list[str]]]:
        self.room.text_handlers[TOPIC](Text(question), who)
        await asyncio.gather(*self.chat._answers)
        return self.room.local_participant.written


async def test_the_answer_rests_on_what_was_said_and_goes_to_the_one_who_asked() -> None:
    model = ScriptedLLM(says("It is invoice 4711."))
    house = House(model)

    assert await house.ask("which invoice?") == [("It is invoice 4711.", TOPIC, [MARIA])]
    shown = [message.text_content or "" for message in model.seen[0].messages()]
    assert "caller: invoice 4711 is wrong" in shown[0]
    assert shown[1] == "which invoice?"


@pytest.mark.parametrize("who", ["caller-1", "human-agent-nobody-1"])
async def test_nobody_else_is_told_anything(who: str) -> None:
    assert await House(ScriptedLLM(says("secret"))).ask("which invoice?", who=who) == []


def fails(_context: llm.ChatContext) -> llm.ChoiceDelta:
    raise APIConnectionError("down", retryable=False)


@pytest.mark.parametrize("model", [lambda: None, lambda: ScriptedLLM(fails), lambda: ScriptedLLM(says(""))])
async def test_without_a_model_the_brief_is_the_answer(model: Callable[[], llm.LLM[Any] | None]) -> None:
    assert await House(model()).ask("what is it about?") == [
        ("A wrong bill.\nfact: invoice 4711", TOPIC, [MARIA])
    ]
