"""What the pages say to a person: reason codes and spans of time in plain words."""

from datetime import datetime

from lambda_api.escalations.models import Disposition, Eta, Reason

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

_DISPOSITIONS = {
    Disposition.RESOLVED: "Resolved",
    Disposition.FOLLOW_UP: "Somebody has to follow up",
    Disposition.NO_CALLER: "There was no caller",
    Disposition.OTHER: "Something else",
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


def disposition_words(disposition: Disposition) -> str:
    return _DISPOSITIONS[disposition]


def eta_words(eta: Eta) -> str:
    said = f" (said at {clock_words(eta.at)})"
    if eta.minutes == 0:
        return f"{eta.name} is on the way{said}"
    unit = "minute" if eta.minutes == 1 else "minutes"
    return f"{eta.name} comes in about {eta.minutes} {unit}{said}"
