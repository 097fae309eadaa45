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


def measure(row: Escalation) -> None:
    """By the last line of the timeline."""
    if not logger.isEnabledFor(logging.INFO):
        return
    entry = row.timeline[-1]
    figures = {**_time(row, entry.change, entry.at), **_count(entry.change)}
    if figures:
        logger.info(json.dumps(_line(row, figures, entry.at)))


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


def _line(row: Escalation, figures: dict[str, int], at: datetime) -> dict[str, Any]:
    metrics = [
        {"Name": name, "Unit": "Milliseconds" if name.endswith("_ms") else "Count"} for name in figures
    ]
    directive = {"Namespace": NAMESPACE, "Dimensions": [[], ["reason"]], "Metrics": metrics}
    about = {"Timestamp": round(at.timestamp() * 1000), "CloudWatchMetrics": [directive]}
    return {"_aws": about, "reason": row.reason, "escalation_id": row.id, **figures}
