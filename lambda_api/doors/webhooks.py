"""LiveKit's door: a plain handler, because the AI's exit waits for its start."""

import base64
import binascii
import logging
from typing import Any

from lambda_api.auth.webhooks import verify
from lambda_api.dependencies import Wiring, wiring
from lambda_api.doors.answers import answer, refused
from lambda_api.doors.origin import require_edge
from lambda_api.doors.starting import start
from lambda_api.errors.edge import WebhookForgedError
from lambda_api.errors.problems import http_problem, webhook_problem
from lambda_api.escalations import presence

BODY_LIMIT = 512 * 1024

log = logging.getLogger(__name__)
start("webhooks")


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    try:
        wired = wiring()
        require_edge(event, wired)
        body = _body(event)
        if len(body) > BODY_LIMIT:
            return refused(http_problem(413, f"At most {BODY_LIMIT} bytes are read here."))
        _take(body, _authorization(event), wired)
    except Exception as error:
        problem = webhook_problem(error)
        log.warning("a webhook was not taken", extra={"status": problem.status}, exc_info=error)
        return refused(problem)
    return answer(200, "application/json", {})


def _take(body: bytes, authorization: str | None, wired: Wiring) -> None:
    source = wired.livekit
    event = verify(body, authorization, keys=source.webhook_keys, forget=source.forget)
    if event is None:
        return
    presence.apply(wired.ports, event)
    facts = {"event_id": event.id, "kind": event.kind, "room": event.room, "sid": event.sid}
    log.info("a webhook was taken", extra=facts)


def _body(event: dict[str, Any]) -> bytes:
    # API Gateway hands LiveKit's own media type over in base64, and JSON as text.
    body = event.get("body") or ""
    try:
        return base64.b64decode(body, validate=True) if event.get("isBase64Encoded") else body.encode()
    except (binascii.Error, UnicodeEncodeError) as error:
        raise WebhookForgedError from error


def _authorization(event: dict[str, Any]) -> str | None:
    headers = event.get("headers") or {}
    return next((value for name, value in headers.items() if name.lower() == "authorization"), None)
