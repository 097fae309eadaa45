"""The stand-in calls a person when the caller's last turn asks for one, and only then."""

import pytest

from local.speech.stand_in import corpus, replies
from local.speech.stand_in.corpus import Corpus
from local.speech.stand_in.dialogue import Dialogue, read
from local.speech.stand_in.mind import Call, Mind, Words
from local.speech.stand_in.tools import Tool
from local.speech.stand_in.understanding import Understanding

PERSON = Tool("transfer_to_human_agent", {"properties": {"summary": {"type": "string"}}})
CLOCK = Tool("read_clock", {})
WISH = Dialogue(said="Kindly let me have a talk with some human agent.")
OFFER = "Shall I get a human for you?"


def answering(*said: str) -> Dialogue:
    """The agent has the first word, the caller the last."""
    roles = ("assistant", "user")
    return read([{"role": roles[number % 2], "content": text} for number, text in enumerate(said)])


def every(rows: tuple[corpus.Labelled, ...], step: int) -> tuple[corpus.Labelled, ...]:
    """A part that keeps the short sentences: spelling alone cannot tell a bare yes without having seen it."""
    return tuple(row for place, row in enumerate(rows) if place % step == 0 or len(row.text) < 12)


@pytest.fixture(scope="module")
def mind() -> Mind:
    """Without sentence vectors and from a part of the sentences: quick, and good enough for plain cases."""
    all_of_it = corpus.load()
    part = Corpus(
        wishes=every(all_of_it.wishes, 3),
        reasons=every(all_of_it.reasons, 4),
        topics=every(all_of_it.topics, 4),
        offers=all_of_it.offers,
        answers=all_of_it.answers,
    )
    return Mind(Understanding(part))


def test_a_wish_calls_the_tool_with_what_was_said(mind: Mind) -> None:
    assert mind.decide(WISH, [CLOCK, PERSON]) == Call("transfer_to_human_agent", {"summary": WISH.said})


def test_a_question_is_answered(mind: Mind) -> None:
    assert isinstance(mind.decide(Dialogue(said="At what time do you open on Friday?"), [PERSON]), Words)


@pytest.mark.parametrize("tools", [[], [CLOCK]])
def test_without_a_tool_for_it_nobody_is_called(mind: Mind, tools: list[Tool]) -> None:
    assert isinstance(mind.decide(WISH, tools), Words)


def test_a_yes_to_the_agents_offer_is_a_wish(mind: Mind) -> None:
    assert isinstance(mind.decide(answering(OFFER, "Yes please."), [PERSON]), Call)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("", "Yes please."),
        ("Shall I send you the invoice again?", "Yes please."),
        (OFFER, "No thanks."),
    ],
)
def test_a_yes_to_anything_else_and_a_no_are_none(mind: Mind, before: str, said: str) -> None:
    assert isinstance(mind.decide(answering(before, said), [PERSON]), Words)


def test_a_tools_answer_is_told_and_does_not_call_again(mind: Mind) -> None:
    told = Dialogue(said=WISH.said, tool_output='{"message": "Tell the caller that a person is on the way."}')

    assert mind.decide(told, [PERSON]) == Words("A person is on the way.")


def test_of_a_tools_answer_the_words_meant_for_the_caller_are_said(mind: Mind) -> None:
    output = (
        'As of 10:00 UTC nobody has promised to come. Tell the caller: "I have asked someone." and go on.'
    )

    assert mind.decide(Dialogue(said=WISH.said, tool_output=output), [PERSON]) == Words(
        "I have asked someone."
    )


def test_an_instruction_is_followed_and_calls_nobody(mind: Mind) -> None:
    asked = Dialogue(said=WISH.said, instruction="Tell the caller that nobody is free.")

    assert mind.decide(asked, [PERSON]) == Words("Nobody is free.")


def test_a_chat_in_which_nobody_spoke_begins_with_a_greeting(mind: Mind) -> None:
    assert mind.decide(Dialogue(), [PERSON]) == Words(replies.GREETING)


def test_a_forced_tool_is_called(mind: Mind) -> None:
    assert mind.decide(Dialogue(said="Hello"), [CLOCK, PERSON], must_call="read_clock") == Call(
        "read_clock", {}
    )


def test_every_topic_has_words() -> None:
    topics = {row.label for row in corpus.load().topics}

    assert topics - replies.TOPICS <= {"unknown"}
