"""A phone number as it was said or as a recognizer wrote it, and how it is read back."""

import re

from local.speech.stand_in.sentences import FIRST, LANGUAGES, sentence

_NAMES = {language: sentence("digits", language).split() for language in LANGUAGES}
_DIGITS = {
    **{name: str(digit) for names in _NAMES.values() for digit, name in enumerate(names)},
    "oh": "0",
    "o": "0",
    "zwo": "2",
}
_PLUS = {"en": "plus", "es": "más", "de": "plus"}
_TIMES = {"double": 2, "triple": 3, "doble": 2}
_FEWEST, _GROUP = 7, 3


def number_in(text: str) -> str | None:
    """The longest run of digits; with a plus in front where one was said, or where there must be one."""
    runs = re.findall(r"\+?\d+", _written(text))
    longest = max(runs, key=len, default="")
    if len(longest.lstrip("+")) < _FEWEST:
        return None
    # A recognizer drops the plus before the number more often than a caller does.
    return longest if longest.startswith(("+", "00")) else f"+{longest}"


def read_back(number: str, language: str = FIRST) -> str:
    names = [_NAMES[language][int(digit)] for digit in number.lstrip("+")]
    groups = [" ".join(names[start : start + _GROUP]) for start in range(0, len(names), _GROUP)]
    return f"{_PLUS[language]} " + ", ".join(groups)


def _written(text: str) -> str:
    """Digits side by side, as on a keypad; any other word ends a run."""
    written, times = "", 1
    for token in re.findall(r"\+|\d+|[^\W\d_]+", text.lower()):
        digits = _DIGITS.get(token, token if token.isdecimal() else "")
        if token in ("+", *_PLUS.values()):
            written += " +"
        elif token in _TIMES:
            times = _TIMES[token]
        else:
            written += digits * times if digits else " "
            times = 1
    return written
