"""The wish to be called back: the number as it was said, in the one form that can be dialled."""

import re
from dataclasses import dataclass

_WRITTEN = re.compile(r"[\s().\-/]+")
_E164 = re.compile(r"\+[1-9]\d{6,14}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    name: str
    phone: str
    when: str

    def as_json(self) -> dict[str, str]:
        return {"name": self.name[:80], "phone": self.phone, "when": self.when[:120]}


def dialled(said: str) -> str | None:
    """The number with its country code and nothing but digits; None when it cannot be one."""
    number = _WRITTEN.sub("", said)
    number = "+" + number[2:] if number.startswith("00") else number
    return number if _E164.fullmatch(number) else None
