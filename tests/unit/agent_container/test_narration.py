"""What a person at a terminal is told of a session: heard, said, called, and how long it took."""

import io

import pytest
from livekit import rtc
from livekit.agents import ConversationItemAddedEvent, FunctionToolsExecutedEvent, llm

from agent_container.narration import Narration, in_colour
from tests.unit.agent_container.fakes import FakeSession


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def told(event_name: str, event: object, *, colour: bool = False) -> list[str]:
    lines: list[str] = []
    session = FakeSession()
    Narration(lines.append, colour=colour).follow(session.as_session)
    rtc.EventEmitter.emit(session, event_name, event)
    return lines


def added(role: llm.ChatRole, text: str, **metrics: float) -> ConversationItemAddedEvent:
    message = llm.ChatMessage(role=role, content=[text], metrics=llm.MetricsReport(**metrics))  # type: ignore[typeddict-item]
    return ConversationItemAddedEvent(item=message)


def executed(arguments: str, output: str, *, is_error: bool = False) -> FunctionToolsExecutedEvent:
    call = llm.FunctionCall(call_id="c", name="transfer_to_human_agent", arguments=arguments, created_at=10.0)
    result = llm.FunctionCallOutput(
        call_id="c", name=call.name, output=output, is_error=is_error, created_at=10.25
    )
    return FunctionToolsExecutedEvent(function_calls=[call], function_call_outputs=[result])


def test_what_was_heard_is_told_with_how_long_it_took() -> None:
    event = added("user", "Where is it?", transcription_delay=0.31, end_of_turn_delay=0.5)

    assert told("conversation_item_added", event) == [
        "heard  Where is it? · understood after 0.31 s · turn over after 0.50 s"
    ]


def test_what_was_said_is_told_with_its_latencies() -> None:
    event = added("assistant", "On its way.", llm_node_ttft=0.4, tts_node_ttfb=0.2, e2e_latency=1.1)

    assert told("conversation_item_added", event) == [
        "said   On its way. · first word after 0.40 s · voice after 0.20 s · answered after 1.10 s"
    ]


@pytest.mark.parametrize("role", ["system", "developer"])
def test_what_nobody_says_or_hears_is_not_told(role: llm.ChatRole) -> None:
    assert told("conversation_item_added", added(role, "Be kind.")) == []


def test_a_tool_is_told_with_its_arguments_its_result_and_its_time() -> None:
    event = executed('{"reason": "emergency", "summary": "Es brennt in Köln."}', "One person was told.")

    assert told("function_tools_executed", event) == [
        'calls  transfer_to_human_agent(reason="emergency", summary="Es brennt in Köln.")',
        "gets   One person was told. · took 0.25 s",
    ]


@pytest.mark.parametrize(
    ("arguments", "shown"), [("", ""), ("{}", ""), ("[1]", "[1]"), ('{"reason": ', '{"reason": ')]
)
def test_arguments_that_are_none_are_told_as_they_came(arguments: str, shown: str) -> None:
    called, _ = told("function_tools_executed", executed(arguments, "Done."))

    assert called == f"calls  transfer_to_human_agent({shown})"


def test_a_tool_that_failed_looks_like_it() -> None:
    _, failed = told("function_tools_executed", executed("{}", "Nobody was reached.", is_error=True))

    assert failed.startswith("fails  Nobody was reached.")


def test_in_colour_each_kind_has_its_own_and_the_words_stay_plain() -> None:
    heard = told("conversation_item_added", added("user", "Hm.", transcription_delay=0.1), colour=True)
    said = told("conversation_item_added", added("assistant", "Hm."), colour=True)

    assert heard == ["\x1b[36mheard \x1b[0m Hm. \x1b[2m· understood after 0.10 s\x1b[0m"]
    assert said == ["\x1b[32msaid  \x1b[0m Hm."]


@pytest.mark.parametrize(
    ("stream", "no_color", "colour"),
    [
        (Terminal(), None, True),
        (Terminal(), "", True),
        (Terminal(), "1", False),
        (io.StringIO(), None, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, no_color: str | None, *, colour: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    if no_color is not None:
        monkeypatch.setenv("NO_COLOR", no_color)

    assert in_colour(stream) is colour
