"""Everything the AI is told and everything it says word for word, as `prompts.toml` has it."""

import tomllib
from pathlib import Path
from typing import Any, Final

_BOOK: Final[dict[str, dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
_BUSINESS: Final = _BOOK["business"]
_SAID: Final[dict[str, str]] = _BOOK["said"]
_OUTCOMES: Final[dict[str, str]] = _BOOK["outcomes"]
_NOTES: Final[dict[str, str]] = _BOOK["notes"]

INSTRUCTIONS = _BOOK["instructions"]["text"].format(
    name=_BUSINESS["name"],
    tone=_BUSINESS["tone"],
    languages=", ".join(_BUSINESS["languages"]),
    may_do="; ".join(_BUSINESS["may_do"]),
    human_only="; ".join(_BUSINESS["human_only"]),
)

GREETING = _SAID["greeting"]
CONSENT = _SAID["consent"]
ASKED = _SAID["asked"]
NOBODY_FREE = _SAID["nobody_free"]
NOT_REACHED = _SAID["not_reached"]
CALLBACK_NOTED = _SAID["callback_noted"]
NO_CALLBACK = _SAID["no_callback"]
FAREWELL = _SAID["farewell"]
BRIEFING = _SAID["briefing"]
JOINING_MUTED = _SAID["joining_muted"]
HUMAN_GONE = _SAID["human_gone"]
CLAIMED = _SAID["claimed"]
RELEASED = _SAID["released"]
ETA = _SAID["eta"]
ON_THE_WAY = _SAID["on_the_way"]
DECLINED = _SAID["declined"]
WITHDRAWN = _SAID["withdrawn"]
BACK = _SAID["back"]
AGAIN = _SAID["again"]

CLIPS: Final[dict[str, str]] = _BOOK["clips"]

# Facts for the model, words for the caller: what stands in quotes can be spoken as it is.
OUTCOME_ASKED = _OUTCOMES["asked"]
OUTCOME_ASKED_USUALLY = _OUTCOMES["asked_usually"]
OUTCOME_CLAIMED = _OUTCOMES["claimed"]
OUTCOME_NOBODY = _OUTCOMES["nobody"]
OUTCOME_NOT_REACHED = _OUTCOMES["not_reached"]
OUTCOME_CANCELLED = _OUTCOMES["cancelled"]
OUTCOME_NOT_CANCELLED = _OUTCOMES["not_cancelled"]
OUTCOME_NOTHING_TO_CANCEL = _OUTCOMES["nothing_to_cancel"]
OUTCOME_NUMBER_UNCONFIRMED = _OUTCOMES["number_unconfirmed"]
OUTCOME_NUMBER_UNUSABLE = _OUTCOMES["number_unusable"]
OUTCOME_CALLBACK_NOTED = _OUTCOMES["callback_noted"]
OUTCOME_CALLBACK_UNKNOWN = _OUTCOMES["callback_unknown"]
OUTCOME_CALLBACK_FAILED = _OUTCOMES["callback_failed"]

BACK_NOTE = _NOTES["back"]
AGAIN_NOTE = _NOTES["again"]
HANDED_OVER_NOTE = _NOTES["handed_over"]
SUMMARY_NOTE = _NOTES["summary"]
HUMANS_NOTE = _NOTES["humans"]
FAILED_SUMMARY = _NOTES["failed"]
KEY_SUMMARY = _NOTES["key"]
REPEATED_FAILURE_SUMMARY = _NOTES["repeated_failure"]
PROMISE_SUMMARY = _NOTES["promise"]
FAILING_SUMMARY = _NOTES["failing"]

BRIEF = _BOOK["brief"]["text"]
CHAT = _BOOK["chat"]["text"]

SOMEBODY = _BOOK["names"]["somebody"]

_SMALL_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def people_were(count: int) -> str:
    return "one person was" if count == 1 else f"{count} people were"


def minutes(count: int) -> str:
    return "one minute" if count == 1 else f"{number(count)} minutes"


def number(count: int) -> str:
    return _SMALL_NUMBERS[count] if 0 <= count < len(_SMALL_NUMBERS) else str(count)


def last_digits(phone: str) -> str:
    return " ".join(number(int(digit)) for digit in phone[-2:])
