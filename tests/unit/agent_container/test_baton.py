"""The words that one AI passes on to the next."""

import pytest
from livekit.agents import ChatContext

from agent_container.baton import LARGEST, passed_on, received
from agent_container.escalation import Line


def talk(*lines: tuple[str, str]) -> ChatContext:
    context = ChatContext.empty()
    for role, text in lines:
        context.add_message(role=role, content=text)  # type: ignore[arg-type]
    return context


def test_both_sides_words_arrive_and_the_instructions_do_not() -> None:
    payload = passed_on(
        talk(("system", "You are …"), ("user", "Grüße!"), ("assistant", "Hello."), ("user", ""))
    )

    assert received(payload) == (Line(role="caller", text="Grüße!"), Line(role="agent", text="Hello."))


def test_the_newest_words_arrive_of_a_talk_that_is_too_long_for_one_answer() -> None:
    payload = passed_on(talk(*(("user", f"{number} " + "ü" * 700) for number in range(60))))

    assert len(payload.encode()) <= LARGEST
    lines = received(payload)
    assert lines[-1].text.startswith("59 ")
    assert len(lines) > 5


@pytest.mark.parametrize("payload", ["", "{}", "[1]", '[{"role": "caller"}]', "[[]]"])
def test_what_is_no_talk_is_no_memory(payload: str) -> None:
    assert received(payload) == ()
