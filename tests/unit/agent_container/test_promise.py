"""What counts as the promise of a person, in three languages."""

import pytest

from agent_container.promise import promises_a_person

PROMISES = [
    "Of course. I will connect you with a colleague now.",
    "Sure, I'll transfer you right away.",
    "Let me connect you to a person.",
    "Please hold, transferring you now.",
    "I\u2019m going to put you through to our billing team.",
    "I'll get someone for you.",
    "I've asked a colleague to join.",
    "A representative will join us shortly.",
    "Le paso con un agente.",
    "Voy a llamar a una persona de nuestro equipo.",
    "Ich verbinde Sie mit einer Kollegin.",
    "Ich werde Sie gleich mit einem Mitarbeiter verbinden.",
    "Einen Moment, ich hole einen Kollegen.",
]
NO_PROMISES = [
    "Would you like me to connect you with a person?",
    "I cannot connect you with a person.",
    "If you like, I can ask a colleague to join.",
    "Our human resources department is open on Monday.",
    "I will look at your bill.",
    "You can connect your phone with the cable.",
    "I am sorry, I was not able to reach a colleague.",
    "Soll ich Sie mit einem Kollegen verbinden?",
    "Ich kann Sie leider nicht verbinden.",
    "¿Quiere que le pase con una persona?",
    "No puedo pasarle con un agente.",
    "Let me put your order on hold.",
]


@pytest.mark.parametrize("said", PROMISES)
def test_a_promise_is_heard(said: str) -> None:
    assert promises_a_person(said)


@pytest.mark.parametrize("said", NO_PROMISES)
def test_an_offer_a_question_or_a_refusal_is_none(said: str) -> None:
    assert not promises_a_person(said)
