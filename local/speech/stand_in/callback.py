"""Takes a wish to be called back: asks for what is missing, reads the number back, notes it after a yes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from local.speech.stand_in.numbers import number_in, read_back

OFFER = re.compile(r"\bcall(?:s|ed)? you back\b", re.IGNORECASE)
ASK = "Gladly. Please tell me your name, your number with the country code, and a good time for the call."
AGAIN = "Please tell me the whole number once more, beginning with the country code."
_READ_BACK = "I have the number {number}. Is that right?"
_IS_READ_BACK = re.compile(r"I have the number .+ Is that right\?")
_NAME = re.compile(r"\b(?i:my name is|my name's|this is|i am|i'm)\s+([A-Z][\w'-]*(?:\s+[A-Z][\w'-]*)?)")
_WHEN = re.compile(
    r"\b(?:today|tonight|tomorrow|(?:next |on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|any ?time"
    r"|(?:in the |this )(?:morning|afternoon|evening)|(?:before|after|at) (?:noon|\w+ o'clock))"
    r"(?: (?:in the )?(?:morning|noon|afternoon|evening|night))?(?: (?:before|after|at) \w+(?: o'clock)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wish:
    name: str
    phone: str
    when: str

    def filled(self) -> dict[str, object]:
        return {"name": self.name, "phone": self.phone, "when": self.when, "confirmed": True}


@dataclass(frozen=True, slots=True)
class Reply:
    text: str


def next_step(agent_said: str, caller_said: Sequence[str], *, agrees: bool) -> Wish | Reply | None:
    """What follows on the caller's turn since a call back was offered; None when they do not want one."""
    wish = _wish(caller_said)
    if _IS_READ_BACK.search(agent_said):
        return _after_reading_back(caller_said[-1], wish, agrees=agrees)
    if wish.phone:
        return Reply(_READ_BACK.format(number=read_back(wish.phone)))
    if agent_said.endswith((ASK, AGAIN)):
        return Reply(AGAIN)
    return Reply(ASK) if agrees else None


def _after_reading_back(said: str, wish: Wish, *, agrees: bool) -> Wish | Reply:
    if number := number_in(said):
        return Reply(_READ_BACK.format(number=read_back(number)))
    return wish if agrees and wish.phone else Reply(AGAIN)


def _wish(said: Sequence[str]) -> Wish:
    """The last number counts; a name and a time may have come in any turn."""
    everything = " ".join(said)
    numbers = [number for turn in said if (number := number_in(turn))]
    name, when = _NAME.search(everything), _WHEN.search(everything)
    return Wish(
        name=name.group(1) if name else "the caller",
        phone=numbers[-1] if numbers else "",
        when=when.group() if when else "any time",
    )
