"""Takes a wish to be called back: asks for what is missing, reads the number back, notes it after a yes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from local.speech.stand_in.numbers import number_in, read_back
from local.speech.stand_in.particulars import name_in, time_in
from local.speech.stand_in.sentences import in_all, language_of, sentence

OFFER: Final = re.compile(
    r"\bcall(?:s|ed)? you back\b|\b(?:zurückruf|rückruf)|\b(?:devuelv\w+|devolver\w*) la llamada\b",
    re.IGNORECASE,
)
_ASKS: Final = (*in_all("call_back_ask"), *in_all("call_back_again"))
_READ_BACK: Final = [
    re.compile(re.escape(said).replace(re.escape("{number}"), ".+")) for said in in_all("call_back_is_it")
]


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
    language = language_of(caller_said)
    wish = _wish(caller_said, language)
    if any(said.search(agent_said) for said in _READ_BACK):
        return _after_reading_back(caller_said[-1], wish, language, agrees=agrees)
    if wish.phone:
        return _is_it(wish.phone, language)
    if agent_said.endswith(_ASKS):
        return Reply(sentence("call_back_again", language))
    return Reply(sentence("call_back_ask", language)) if agrees else None


def _after_reading_back(said: str, wish: Wish, language: str, *, agrees: bool) -> Wish | Reply:
    if number := number_in(said):
        return _is_it(number, language)
    return wish if agrees and wish.phone else Reply(sentence("call_back_again", language))


def _is_it(number: str, language: str) -> Reply:
    return Reply(sentence("call_back_is_it", language).format(number=read_back(number, language)))


def _wish(said: Sequence[str], language: str) -> Wish:
    """The last number counts; a name and a time may have come in any turn."""
    everything = " ".join(said)
    numbers = [number for turn in said if (number := number_in(turn))]
    return Wish(
        name=name_in(everything) or sentence("nobody", language),
        phone=numbers[-1] if numbers else "",
        when=time_in(everything) or sentence("any_time", language),
    )
