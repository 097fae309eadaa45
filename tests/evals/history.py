"""A talk as a model is sent it: the product's instructions and tools, and what happened before each turn."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from livekit.agents.llm import ToolContext

from agent_container.agent import HandoffAgent
from agent_container.transfer import Call, Transfer
from tests.evals.material import AgentTurn, CallerTurn, Talk, Then, Turn, Utterance
from tests.unit.agent_container.fakes import FakeApi

Json = dict[str, Any]

GREETING: Final = "Hello, how can I help you?"
TOOLS: Final[dict[str, Then]] = {"transfer_to_human_agent": "person", "cancel_escalation": "withdraw"}
_CALL: Final = Call(room="evals", room_sid="", caller_identity="caller-1", agent_identity="agent-1")


@dataclass(frozen=True, slots=True)
class Question:
    """What a decider is asked: what follows after these messages, with these tools?"""

    messages: tuple[Json, ...]
    tools: tuple[Json, ...]
    right: Then

    @property
    def said(self) -> str:
        return str(self.messages[-1]["content"])


class Asking:
    def __init__(self) -> None:
        agent = HandoffAgent(transfer=Transfer(api=FakeApi(), call=_CALL), announce=lambda _: None)
        self._system: Json = {"role": "system", "content": agent.instructions}
        self._tools = tuple(ToolContext(agent.tools).parse_function_tools("openai"))

    def about(self, utterance: Utterance) -> Question:
        then: Then = "person" if utterance.person else "nothing"
        [question] = self._through((AgentTurn(GREETING), CallerTurn(utterance.text, then)))
        return question

    def through(self, talk: Talk) -> tuple[Question, ...]:
        return tuple(self._through(talk.turns))

    def _through(self, turns: tuple[Turn, ...]) -> Iterator[Question]:
        history: list[Json] = [self._system]
        for number, turn in enumerate(turns):
            if isinstance(turn, AgentTurn):
                history.append({"role": "assistant", "content": turn.text})
                continue
            history.append({"role": "user", "content": turn.text})
            yield Question(tuple(history), self._tools, turn.then)
            history.extend(_done(turn.then, turns[number + 1 :], call_id=f"call_{number}"))


def _done(then: Then, rest: tuple[Turn, ...], *, call_id: str) -> tuple[Json, ...]:
    """The right tool's call and its answer, as if the model had called it."""
    if then == "nothing" or not rest:
        return ()
    name = next(tool for tool, effect in TOOLS.items() if effect == then)
    function = {"name": name, "arguments": json.dumps(_arguments(then))}
    call = {"id": call_id, "type": "function", "function": function}
    answer = f'Tell the caller: "{rest[0].text}" and go on helping.'
    return (
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": call_id, "content": answer},
    )


def _arguments(then: Then) -> Json:
    return (
        {"reason": "caller_request", "summary": "The caller asks for a person."} if then == "person" else {}
    )
