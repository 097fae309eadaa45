"""A phone number as it was said or as a recognizer wrote it, and how it is read back."""

import re

_DIGITS = {
    "zero": "0", "oh": "0", "o": "0", "one": "1", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_NAMES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TIMES = {"double": 2, "triple": 3}
_FEWEST, _GROUP = 7, 3


def number_in(text: str) -> str | None:
    """The longest run of digits; with a plus in front where one was said, or where there must be one."""
    runs = re.findall(r"\+?\d+", _written(text))
    longest = max(runs, key=len, default="")
    if len(longest.lstrip("+")) < _FEWEST:
        return None
    # A recognizer drops the plus before the number more often than a caller does.
    return longest if longest.startswith(("+", "00")) else f"+{longest}"


def read_back(number: str) -> str:
    names = [_NAMES[int(digit)] for digit in number.lstrip("+")]
    groups = [" ".join(names[start : start + _GROUP]) for start in range(0, len(names), _GROUP)]
    return "plus " + ", ".join(groups)


def _written(text: str) -> str:
    """Digits side by side, as on a keypad; any other word ends a run."""
    written, times = "", 1
    for token in re.findall(r"\+|\d+|[^\W\d_]+", text.lower()):
        digits = _DIGITS.get(token, token if token.isdecimal() else "")
        if token in ("+", "plus"):
            written += " +"
        elif token in _TIMES:
            times = _TIMES[token]
        else:
            written += digits * times if digits else " "
            times = 1
    return written
