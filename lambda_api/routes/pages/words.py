"""What the pages say to a person: reason codes and spans of time in plain words."""

from datetime import datetime

from lambda_api.escalations.models import Reason

_REASONS = {
    Reason.CALLER_REQUEST: "The caller asked for a person",
    Reason.REPEATED_FAILURE: "The assistant could not help",
    Reason.EMERGENCY: "It may be an emergency",
    Reason.FRUSTRATION: "The caller is upset",
    Reason.HUMAN_ONLY_TOPIC: "A matter for a person",
    Reason.AI_FAILURE: "The assistant has a fault",
    Reason.DIRECT_JOIN: "Direct join",
    Reason.OTHER: "Another reason",
}


def reason_words(reason: Reason | None) -> str:
    return _REASONS[reason] if reason else ""


def waiting_words(since: datetime | None, now: datetime) -> str:
    if since is None:
        return ""
    minutes, seconds = divmod(max(0, int((now - since).total_seconds())), 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def clock_words(at: datetime) -> str:
    return f"{at:%H:%M} UTC"
