"""The answer to a turn that needs no tool: one for each topic, in the caller's language."""

from typing import Final

from local.speech.stand_in.sentences import FIRST, sentence

UNKNOWN: Final = "unknown"
GREETING: Final = sentence("greeting_first")
TOPICS: Final = frozenset(
    {
        "greeting",
        "thanks",
        "goodbye",
        "billing",
        "delivery",
        "returns",
        "account",
        "hours",
        "address",
        "technical",
        "booking",
        "product",
        "identity",
        "smalltalk",
        "decline",
        "mention",
        "complaint",
    }
)


def reply(topic: str, language: str = FIRST) -> str:
    return sentence(topic if topic in TOPICS else UNKNOWN, language)
