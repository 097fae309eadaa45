"""The name and the time in what somebody says about themselves, in any of the languages."""

import re
from typing import Final

_SPEAKS: Final = (
    r"my name is|my name's|this is|i am|i'm"
    r"|mein name ist|ich heiße|hier ist|hier spricht|ich bin"
    r"|me llamo|mi nombre es|soy"
)
_CAPITAL: Final = r"[A-ZÄÖÜÁÉÍÓÚÑ][\w'-]*"
_NAME: Final = re.compile(rf"\b(?i:{_SPEAKS})\s+({_CAPITAL}(?:\s+{_CAPITAL})?)")
_DAYS: Final = (
    r"today|tonight|tomorrow|(?:next |on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|any ?time"
    r"|(?:in the |this )(?:morning|afternoon|evening)|(?:before|after|at) (?:noon|\w+ o'clock)"
    r"|heute|morgen|übermorgen|(?:am )?(?:mon|diens|donners|frei|sams|sonn)tag|(?:am )?mittwoch|jederzeit"
    r"|(?:nach|vor|um) \w+ uhr"
    r"|hoy|mañana|(?:el )?(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)|cualquier hora"
    r"|(?:antes|después) de las \w+"
)
_PART: Final = (
    r" (?:in the )?(?:morning|noon|afternoon|evening|night)"
    r"| (?:früh|vormittag|mittag|nachmittag|abend)"
    r"| (?:por|en) la (?:mañana|tarde|noche)"
)
_HOUR: Final = (
    r" (?:before|after|at) \w+(?: o'clock)?| (?:nach|vor|um) \w+(?: uhr)?| (?:a|antes de|después de) las \w+"
)
_WHEN: Final = re.compile(rf"\b(?:{_DAYS})(?:{_PART})?(?:{_HOUR})?", re.IGNORECASE)


def name_in(text: str) -> str:
    found = _NAME.search(text)
    return found.group(1) if found else ""


def time_in(text: str) -> str:
    found = _WHEN.search(text)
    return found.group() if found else ""
