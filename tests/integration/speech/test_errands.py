"""Taking a wish back, and being called back: decided from the whole talk, and only where there is a tool."""

from typing import Any

import pytest

from local.speech.stand_in import corpus
from local.speech.stand_in.corpus import Corpus
from local.speech.stand_in.dialogue import read
from local.speech.stand_in.mind import Call, Mind, Words
from local.speech.stand_in.numbers import read_back
from local.speech.stand_in.replies import TOPICS, reply
from local.speech.stand_in.sentences import sentence
from local.speech.stand_in.tools import Tool
from local.speech.stand_in.understanding import Understanding

TOOLS = [
    Tool("transfer_to_human_agent", {}),
    Tool("cancel_escalation", {}),
    Tool("leave_callback", {}),
]
ASKED = {
    "role": "assistant",
    "tool_calls": [{"function": {"name": "transfer_to_human_agent", "arguments": "{}"}}],
}
WAIT = {"role": "assistant", "content": "I have asked a colleague to join us."}
NOBODY = {
    "role": "assistant",
    "content": "I am sorry, nobody is free right now. Would you like a colleague to call you back?",
}
ASK = sentence("call_back_ask")
ASK_NUMBER = {"role": "assistant", "content": ASK}
TELLS = "My name is Anna Weber, my number is plus one five zero zero five five five zero one four two."


@pytest.fixture(scope="module")
def mind() -> Mind:
    """Without sentence vectors and from a part of the sentences: quick, and good enough for plain cases."""
    known = corpus.load()
    part = Corpus(
        wishes=known.wishes[::3],
        reasons=known.reasons[::4],
        topics=known.topics[::4],
        offers=known.offers,
        answers=known.answers,
        withdrawals=known.withdrawals,
        failures=known.failures,
    )
    return Mind(Understanding(part))


def user(text: str) -> dict[str, Any]:
    return {"role": "user", "content": text}


def decide(mind: Mind, *messages: dict[str, Any], tools: list[Tool] = TOOLS) -> Call | Words:
    return mind.decide(read(messages), tools)


def test_who_no_longer_wants_a_person_calls_them_off(mind: Mind) -> None:
    said = user("Never mind, I don't need a person any more.")

    assert decide(mind, ASKED, WAIT, said) == Call("cancel_escalation", {})


@pytest.mark.parametrize("said", ["How long will they take to come here?", "I want to cancel my order 12."])
def test_who_waits_and_talks_of_other_things_goes_on_waiting(mind: Mind, said: str) -> None:
    deed = decide(mind, ASKED, WAIT, user(said))

    assert not (isinstance(deed, Call) and deed.name == "cancel_escalation")


def test_nobody_can_be_called_off_who_was_not_asked_for(mind: Mind) -> None:
    deed = decide(mind, WAIT, user("Never mind, I don't need a person any more."))

    assert not (isinstance(deed, Call) and deed.name == "cancel_escalation")


def test_who_was_called_off_cannot_be_called_off_again(mind: Mind) -> None:
    off = {
        "role": "assistant",
        "tool_calls": [{"function": {"name": "cancel_escalation", "arguments": "{}"}}],
    }

    deed = decide(mind, ASKED, off, WAIT, user("Never mind, I don't need a person any more."))

    assert not (isinstance(deed, Call) and deed.name == "cancel_escalation")


def test_who_wants_no_call_back_calls_nobody_off(mind: Mind) -> None:
    deed = decide(mind, ASKED, NOBODY, user("No, leave it, thanks."))

    assert not (isinstance(deed, Call) and deed.name == "cancel_escalation")


def test_a_yes_to_a_call_back_is_asked_for_the_number(mind: Mind) -> None:
    assert decide(mind, NOBODY, user("Yes, please.")) == Words(ASK)


def test_a_number_is_read_back_before_it_is_noted(mind: Mind) -> None:
    deed = decide(mind, NOBODY, user("Yes, please."), ASK_NUMBER, user(TELLS))

    assert isinstance(deed, Words)
    assert "plus one five zero, zero five five, five zero one, four two" in deed.text


def test_a_number_that_was_confirmed_is_noted_with_name_and_time(mind: Mind) -> None:
    number = {"role": "assistant", "content": "I have the number plus one five. Is that right?"}
    talk = (user("Yes, please."), ASK_NUMBER, user(f"{TELLS} Tomorrow morning is good."), number)

    assert decide(mind, NOBODY, *talk, user("Yes.")) == Call(
        "leave_callback",
        {"name": "Anna Weber", "phone": "+15005550142", "when": "Tomorrow morning", "confirmed": True},
    )


def test_a_number_that_was_wrong_is_asked_for_again(mind: Mind) -> None:
    number = {"role": "assistant", "content": "I have the number plus one five. Is that right?"}
    deed = decide(mind, NOBODY, user("Yes."), ASK_NUMBER, user(TELLS), number, user("No."))

    assert deed == Words(sentence("call_back_again"))


def test_without_the_tool_no_call_back_is_taken(mind: Mind) -> None:
    assert decide(mind, NOBODY, user("Yes, please."), tools=TOOLS[:1]) != Words(ASK)


def test_a_no_to_a_call_back_is_not_asked_for_a_number(mind: Mind) -> None:
    assert decide(mind, NOBODY, user("No, thank you.")) != Words(ASK)


def test_who_asks_what_they_asked_is_reminded_as_far_as_it_is_known(mind: Mind) -> None:
    first, asks = user("When are you open on Saturday?"), user("What did I ask you first?")

    assert decide(mind, first, WAIT, asks) == Words("You said first: When are you open on Saturday?")
    assert decide(mind, asks) != decide(mind, first, WAIT, asks)


GERMAN = (
    "Ja, sehr gern.",
    "Ich heiße Anna Weber, die Nummer ist +1 500 555 0142, morgen nach zehn Uhr.",
    "Ja.",
)
SPANISH = ("Sí, por favor.", "Me llamo Ana Ruiz, el número es +1 500 555 0142, mañana por la tarde.", "Sí.")


@pytest.mark.parametrize(
    ("language", "said", "noted"),
    [
        ("de", GERMAN, ("Anna Weber", "morgen nach zehn Uhr")),
        ("es", SPANISH, ("Ana Ruiz", "mañana por la tarde")),
    ],
)
def test_a_call_back_is_taken_in_the_callers_language(
    mind: Mind, language: str, said: tuple[str, str, str], noted: tuple[str, str]
) -> None:
    yes, tells, right = map(user, said)
    number = sentence("call_back_is_it", language).format(number=read_back("+15005550142", language))
    asks = {"role": "assistant", "content": sentence("call_back_ask", language)}
    is_it = {"role": "assistant", "content": number}

    assert decide(mind, NOBODY, yes) == Words(asks["content"])
    assert decide(mind, NOBODY, yes, asks, tells) == Words(number)
    name, when = noted
    assert decide(mind, NOBODY, yes, asks, tells, is_it, right) == Call(
        "leave_callback", {"name": name, "phone": "+15005550142", "when": when, "confirmed": True}
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Thanks a lot!"), ("de", "Vielen Dank für die Hilfe!"), ("es", "¡Muchas gracias por la ayuda!")],
)
def test_small_talk_is_answered_in_the_callers_language(mind: Mind, language: str, said: str) -> None:
    deed = decide(mind, user(said))

    assert isinstance(deed, Words)
    assert deed.text in {reply(topic, language) for topic in TOPICS}
