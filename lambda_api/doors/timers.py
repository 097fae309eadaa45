"""The clock's door: looks that were put off, the minute's sweep, and the drill of the week."""

import json
import logging
from typing import Any

from lambda_api.dependencies import wiring
from lambda_api.doors.starting import start
from lambda_api.escalations import looking, testing

log = logging.getLogger(__name__)
start("timers")


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    if event.get("kind") == "drill":
        testing.drill(wiring().ports)
        return {}
    if "Records" not in event:
        looking.sweep(wiring().ports)
        return {}
    failed = [record["messageId"] for record in event["Records"] if not _done(record)]
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def _done(record: dict[str, Any]) -> bool:
    """One look that fails comes again by itself; the others of its batch do not."""
    message = _message(record)
    if message is None:
        log.error("a timer message is not one of ours", extra={"message_id": record["messageId"]})
        return True
    escalation_id, chain = message
    try:
        looking.look(wiring().ports, escalation_id, chain=chain)
    except Exception:
        log.exception("a look failed and will be taken again", extra={"escalation_id": escalation_id})
        return False
    return True


def _message(record: dict[str, Any]) -> tuple[str, bool] | None:
    try:
        body = json.loads(record["body"])
        known = body["kind"] == "look" and isinstance(body["escalation_id"], str)
        return (body["escalation_id"], bool(body.get("chain"))) if known else None
    except (ValueError, KeyError, TypeError):
        return None
