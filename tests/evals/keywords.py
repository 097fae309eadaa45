"""The baseline: what a list of keywords makes of a turn, as menus by phone do."""

import re
from typing import Final

from tests.evals.history import Question
from tests.evals.material import Then

_ENGLISH: Final = (
    "human", "person", "people", "somebody", "someone", "anybody", "anyone", "agent", "representative",
    "operator", "advis[eo]r", "manager", "supervisor", "boss", "colleague", "employee", "staff", "specialist",
    "reception", "customer service", "transfer me", "connect me", "put me through",
)  # fmt: skip
_SPANISH: Final = (
    "human[oa]", "personas?", "alguien", "agente", "representante", "operador[a]?", "asesor[a]?", "gerente",
    "supervisor[a]?", "jef[ea]", "compañer[oa]", "emplead[oa]", "especialista", "recepción",
    "atención al cliente", "transfi[eé]ra", "comun[ií]que", "pása?me", "póngame",
)  # fmt: skip
_GERMAN: Final = (
    "mensch(?:en)?", "person", "jemand(?:en|em)?", "mitarbeiter(?:in)?", "berater(?:in)?", "vermittlung",
    "chef(?:in)?", "vorgesetzten?", "kolleg(?:e|en|in)", "angestellten?", "spezialisten?", "empfang",
    "kundendienst", "verbinden", "weiterleiten", "durchstellen", "zentrale",
)  # fmt: skip
_WANTS: Final = re.compile(rf"\b(?:{'|'.join(_ENGLISH + _SPANISH + _GERMAN)})\b", re.IGNORECASE)
_DENIES: Final = re.compile(r"\b(?:no|not|don't|never|without|nein|kein\w*|nicht|sin)\b", re.IGNORECASE)
_CALLS_OFF: Final = re.compile(r"never mind|forget it|no importa|déjelo|egal|vergessen sie", re.IGNORECASE)


class Keywords:
    name = "keyword list"

    async def decide(self, question: Question) -> Then:
        if _CALLS_OFF.search(question.said):
            return "withdraw"
        wanted = _WANTS.search(question.said) and not _DENIES.search(question.said)
        return "person" if wanted else "nothing"
