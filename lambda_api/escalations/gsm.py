"""How long a text is in GSM-7, the alphabet that lets an SMS be one segment of 160."""

from typing import Final

from lambda_api.escalations.errors import SmsTooLongError

SEGMENT: Final = 160

_BASIC: Final = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 @$_!\"#%&'()*+,-./:;<=>?\n"
)
_EXTENDED: Final = frozenset("^{}\\[~]|")  # two septets each


def septets(wording: str) -> int:
    """Raise SmsTooLongError for a character outside of it, which would turn the whole text into UCS-2."""
    if not _BASIC.union(_EXTENDED).issuperset(wording):
        raise SmsTooLongError
    return len(wording) + sum(letter in _EXTENDED for letter in wording)
