"""How long a text is in GSM-7, the alphabet that lets an SMS be one segment of 160."""

from typing import Final

from lambda_api.escalations.errors import SmsTooLongError

SEGMENT: Final = 160

_BASIC: Final = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 @$_!\"#%&'()*+,-./:;<=>?\n"
)
_EXTENDED: Final = "^{}\\[~]|"  # two septets each
_ALL: Final = _BASIC.union(_EXTENDED)


def fits(wording: str) -> bool:
    try:
        return septets(wording) <= SEGMENT
    except SmsTooLongError:
        return False


def septets(wording: str) -> int:
    """Raise SmsTooLongError for a character outside of it, which would turn the whole text into UCS-2."""
    if not _ALL.issuperset(wording):
        raise SmsTooLongError
    return len(wording) + sum(map(wording.count, _EXTENDED))
