"""Of a chat the last words of each side are read, and who is to be answered."""

from typing import Any

import pytest

from local.speech.stand_in.dialogue import Dialogue, read, readable

SYSTEM = {"role": "system", "content": "You are an assistant."}
GREETING = {"role": "assistant", "content": "How can I help?"}


def user(text: Any) -> dict[str, Any]:
    return {"role": "user", "content": text}


def test_the_last_turn_and_what_it_answers() -> None:
    assert read([SYSTEM, GREETING, user("Where is it?")]) == Dialogue(
        said="Where is it?", before="How can I help?"
    )


def test_only_the_last_turn_counts() -> None:
    talk = [user("Old question"), GREETING, user("New question")]

    assert read(talk).said == "New question"


def test_a_turn_cut_into_two_messages_is_one_turn() -> None:
    assert (
        read([GREETING, user("I have a question"), user("about my bill")]).said
        == "I have a question about my bill"
    )


def test_content_may_come_in_parts() -> None:
    assert (
        read([user([{"type": "text", "text": "Hello"}, {"type": "text", "text": "there"}])]).said
        == "Hello there"
    )


def test_a_tools_answer_is_to_be_told() -> None:
    call = {"role": "assistant", "content": None, "tool_calls": [{"id": "c"}]}
    talk = [user("Question"), call, {"role": "tool", "tool_call_id": "c", "content": "Done."}]

    assert read(talk).tool_output == "Done."


def test_a_system_message_at_the_end_is_an_instruction() -> None:
    told = read([SYSTEM, user("Question"), GREETING, {"role": "system", "content": "Say goodbye."}])

    assert told.instruction == "Say goodbye."


def test_an_empty_chat_says_nothing() -> None:
    assert read([]) == Dialogue()


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("A person was called.", "A person was called."),
        ('{"status": "ok", "message": "A person was called."}', "A person was called."),
        ('{"one": "First.", "two": ["Second.", 3]}', "First. Second."),
        ('"Just this."', "Just this."),
        ("{}", "{}"),
        ("{broken", "{broken"),
    ],
)
def test_a_tools_answer_becomes_words(output: str, words: str) -> None:
    assert readable(output) == words
