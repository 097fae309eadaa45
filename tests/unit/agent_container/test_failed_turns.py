"""A conversation that turns in circles."""

from agent_container.escalation import Role
from agent_container.failed_turns import FailedTurns

PUZZLED = "I am sorry, I did not understand that."


def talk(*turns: tuple[Role, str], limit: int = 2) -> list[bool]:
    counter = FailedTurns(limit)
    return [counter.said(role, text) for role, text in turns]


def test_an_ai_that_says_the_same_again_and_again_has_failed() -> None:
    said = talk(
        ("caller", "where is my parcel"),
        ("agent", PUZZLED),
        ("caller", "the one from Tuesday"),
        ("agent", PUZZLED),
        ("caller", "the brown one please"),
        ("agent", PUZZLED),
    )

    assert said == [False, False, False, False, False, True]


def test_a_caller_who_has_to_repeat_themselves_is_not_helped() -> None:
    said = talk(
        ("caller", "I want to change my address"),
        ("agent", "You can reach us on Monday."),
        ("caller", "I want to change my address!"),
        ("agent", "Our shop is in the main street."),
        ("caller", "I want to change my address"),
        ("agent", "We have many products."),
    )

    assert said[-1]


def test_a_turn_that_gets_somewhere_begins_the_count_again() -> None:
    said = talk(
        ("agent", PUZZLED),
        ("agent", PUZZLED),
        ("agent", "Your parcel comes tomorrow."),
        ("agent", PUZZLED),
        ("agent", PUZZLED),
    )

    assert not any(said)


def test_short_words_may_be_said_often() -> None:
    turn: tuple[tuple[Role, str], ...] = (("caller", "yes please"), ("agent", "All right."))

    assert not any(talk(*turn * 4))
