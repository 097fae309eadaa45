"""Figures of a change in CloudWatch's embedded metric format: one JSON line, and nobody's data in it."""

import json
import logging
from datetime import datetime
from typing import Any, Final

from lambda_api.escalations.models import Escalation

logger = logging.getLogger("metrics")  # writes its message as it is, without time or level

NAMESPACE: Final = "Handoff"
_COUNTED: Final = {
    "cancelled": "abandoned",
    "unanswered": "unanswered",
    "released": "released",
    "completed": "completed",
    "handed_back": "handed_back",
}


def measure(row: Escalation, *, stage: str) -> None:
    """By the last line of the timeline."""
    entry = row.timeline[-1]
    figures = {**_time(row, entry.change, entry.at), **_count(entry.change)}
    if figures:
        _write(figures, at=entry.at, stage=stage, reason=row.reason, escalation_id=row.id)


def count(what: str, *, at: datetime, stage: str, **facts: str) -> None:
    """Something that happened once and is in no timeline."""
    _write({what: 1}, at=at, stage=stage, **facts)


def _count(change: str) -> dict[str, int]:
    return {_COUNTED[change]: 1} if change in _COUNTED else {}


def _time(row: Escalation, change: str, at: datetime) -> dict[str, int]:
    claim = row.claim
    since = {
        "notified": ("time_to_notify_ms", row.created_at),
        "claimed": ("time_to_claim_ms", row.created_at),
        "connected": ("time_to_join_ms", claim.claimed_at if claim else None),
        "ai_left": ("ai_left_ms", claim.heard_at if claim else None),
    }
    name, begun = since.get(change, ("", None))
    return {name: round((at - begun).total_seconds() * 1000)} if begun else {}


def _write(figures: dict[str, int], *, at: datetime, stage: str, **facts: str) -> None:
    if logger.isEnabledFor(logging.INFO):
        logger.info(json.dumps({**_directive(figures, at, facts), "stage": stage, **facts, **figures}))


def _directive(figures: dict[str, int], at: datetime, facts: dict[str, str]) -> dict[str, Any]:
    metrics = [
        {"Name": name, "Unit": "Milliseconds" if name.endswith("_ms") else "Count"} for name in figures
    ]
    by_reason = [["stage", "reason"]] if "reason" in facts else []
    directive = {"Namespace": NAMESPACE, "Dimensions": [["stage"], *by_reason], "Metrics": metrics}
    about = {"Timestamp": round(at.timestamp() * 1000), "CloudWatchMetrics": [directive]}
    return {"_aws": about}
