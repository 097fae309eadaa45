"""The words of a notification: one GSM-7 segment with a reason, a waiting time and a link, nothing else."""

from datetime import datetime
from typing import Final

from lambda_api.escalations import ending, gsm
from lambda_api.escalations.models import Escalation, HumanAgent, Reason
from lambda_api.escalations.sending import Message

_WANTED: Final = "A caller is waiting for a person"
_CALLBACK: Final = "A caller asks for a call back"
_NOT_NEEDED: Final = "No longer needed"
_SIGN_IN: Final = "Sign in to the desk"
_TEST: Final = "TEST of LiveKit Handoff"

_WORDS: Final = {
    Reason.CALLER_REQUEST: "asks for a person",
    Reason.REPEATED_FAILURE: "could not be helped",
    Reason.EMERGENCY: "has an EMERGENCY",
    Reason.FRUSTRATION: "is upset",
    Reason.HUMAN_ONLY_TOPIC: "needs a person",
    Reason.AI_FAILURE: "lost the AI",
    Reason.DIRECT_JOIN: "is in a call",
    Reason.OTHER: "needs a person",
}


def wanted(reason: Reason, *, since: datetime, at: datetime, url: str) -> Message:
    return Message(subject=_WANTED, text=text(reason, since=since, at=at, url=url))


def test(person: HumanAgent) -> Message:
    """Marked, so that nobody runs to a call that is none; without a name that no segment holds."""
    words = f"{_TEST}: you can be reached here, {person.name}. No caller is waiting."
    return Message(subject=_TEST, text=words if gsm.fits(words) else f"{_TEST}.")


def not_needed(row: Escalation) -> Message:
    return Message(subject=_NOT_NEEDED, text=f"{_NOT_NEEDED}. {ending.words(row)}")


def callback(url: str) -> Message:
    return Message(subject=_CALLBACK, text=f"{_CALLBACK}. See: {url}")


def sign_in(url: str) -> Message:
    """The link alone where the rest would make it two texts."""
    full = f"{_SIGN_IN}, once and within ten minutes: {url}"
    return Message(subject=_SIGN_IN, text=full if gsm.fits(full) else url)


def text(reason: Reason, *, since: datetime, at: datetime, url: str) -> str:
    """The full wording where it fits one segment; the policy has made sure that the link alone does."""
    waited = _waited((at - since).total_seconds())
    full = f"A caller {_WORDS[reason]} (waiting {waited}). Join: {url}"
    return full if gsm.fits(full) else url


def _waited(seconds: float) -> str:
    return f"{max(0, round(seconds))} s" if seconds < 90 else f"{round(seconds / 60)} min"
