"""LiveKit's door: a plain handler, because the AI's exit waits for its start."""

import base64
import binascii
import json
import logging
from typing import Any

from lambda_api.auth.webhooks import verify
from lambda_api.dependencies import Wiring, wiring
from lambda_api.doors.starting import start
from lambda_api.errors.edge import WebhookForgedError
from lambda_api.errors.problems import MEDIA_TYPE, Problem, http_problem, webhook_problem
from lambda_api.escalations import presence

BODY_LIMIT = 512 * 1024

log = logging.getLogger(__name__)
start()


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    try:
        body = _body(event)
        if len(body) > BODY_LIMIT:
            return _refused(http_problem(413, f"At most {BODY_LIMIT} bytes are read here."))
        _take(body, _authorization(event), wiring())
    except Exception as error:
        problem = webhook_problem(error)
        log.warning("a webhook was not taken", extra={"status": problem.status}, exc_info=error)
        return _refused(problem)
    return _answer(200, "application/json", {})


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


def _refused(problem: Problem) -> dict[str, Any]:
    return _answer(problem.status, MEDIA_TYPE, problem.body())


def _answer(status: int, media_type: str, body: dict[str, Any]) -> dict[str, Any]:
    headers = {"content-type": media_type, "cache-control": "no-store"}
    return {"statusCode": status, "headers": headers, "body": json.dumps(body), "isBase64Encoded": False}
