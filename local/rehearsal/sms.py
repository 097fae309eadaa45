"""What an SMS costs and gives away: its GSM-7 segments, and whether it holds a token, name or number."""

import math
import re
from dataclasses import dataclass

_GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM7_TWICE = frozenset("^{}\\[~]|€\f")
_ONE_SEGMENT, _EACH_SEGMENT = 160, 153
_JWT = re.compile(r"eyJ[\w-]+\.[\w-]+\.")
_PHONE = re.compile(r"\+\d{7,}|(?<![\w/-])\d{7,}(?![\w-])")


@dataclass(frozen=True, slots=True)
class SmsFacts:
    """One message, looked at."""

    septets: int
    segments: int
    gsm7: bool
    secrets: tuple[str, ...]

    @property
    def complaints(self) -> list[str]:
        found = [f"the SMS holds {secret}" for secret in self.secrets]
        if not self.gsm7:
            found.append("the SMS is not GSM-7")
        if self.segments > 1:
            found.append(f"the SMS needs {self.segments} segments")
        return found


def look_at(text: str, *, names: tuple[str, ...] = ()) -> SmsFacts:
    septets = sum(2 if letter in _GSM7_TWICE else 1 for letter in text)
    return SmsFacts(
        septets=septets,
        segments=1 if septets <= _ONE_SEGMENT else math.ceil(septets / _EACH_SEGMENT),
        gsm7=all(letter in _GSM7 or letter in _GSM7_TWICE for letter in text),
        secrets=tuple(_secrets(text, names)),
    )


def _secrets(text: str, names: tuple[str, ...]) -> list[str]:
    found = [
        f"the name {name}" for name in names if re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)
    ]
    if _JWT.search(text):
        found.append("a token")
    if _PHONE.search(text):
        found.append("a number")
    return found
