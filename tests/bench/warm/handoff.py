"""One escalation through the doors of the deployed functions: opened, claimed, the human there and heard."""

import base64
import json
from collections.abc import Callable, Generator
from typing import Any
from uuid import uuid4

from lambda_api.doors import api, webhooks
from lambda_api.doors.origin import HEADER
from tests.integration.embedded_aws import Aws
from tests.unit.lambda_api.http.surroundings import ADMIN_KEY, ORIGIN_KEY, signed, webhook

Json = dict[str, Any]
Step = tuple[str, Callable[[Json, object], Json], Json]
PHONE = "+15005550101"


def put_somebody_on_duty() -> None:
    api.handler(asked("PUT", "/v1/human-agents/maria", {"name": "Maria", "phone": PHONE}), None)


def handoff(aws: Aws) -> Generator[Step, Json, None]:
    """The name, the door and the event of each request; wants its answer."""
    room = f"room-{uuid4().hex[:8]}"
    body = {"room": room, "caller_identity": "caller-1", "reason": "caller_request", "summary": "A bill."}
    yield "open", api.handler, asked("POST", "/v1/escalations", body, key=room)
    code = aws.sms_to(PHONE)[-1]["Message"].rpartition("/j/")[2].split()[0]
    claimed = yield "claim", api.handler, asked("POST", f"/j/{code}/claim")
    identity = json.loads(claimed["body"])["identity"]
    yield "joined", webhooks.handler, told("participant_joined", room, identity)
    yield "heard", webhooks.handler, told("track_published", room, identity)


def asked(method: str, path: str, body: object = None, *, key: str = "") -> Json:
    service = {"authorization": f"Bearer {ADMIN_KEY}", "idempotency-key": key}
    own = {HEADER: ORIGIN_KEY, "accept": "application/json", "content-type": "application/json"}
    return {
        "version": "2.0",
        "rawQueryString": "",
        "headers": own | (service if path.startswith("/v1/") else {}),
        "requestContext": {"http": {"method": method, "path": path, "sourceIp": "192.0.2.1"}},
        "body": "" if body is None else json.dumps(body),
        "isBase64Encoded": False,
    }


def told(event: str, room: str, identity: str) -> Json:
    person = {"sid": f"PA_{room}", "identity": identity, "state": "ACTIVE", "joinedAt": "1795563121"}
    content = webhook(
        event,
        id=f"EV_{uuid4().hex}",
        room={"sid": f"RM_{room}", "name": room},
        participant=person,
        **({"track": {"sid": "TR_1", "source": "MICROPHONE"}} if event == "track_published" else {}),
    )
    headers = {"authorization": signed(content), HEADER: ORIGIN_KEY}
    return {"headers": headers, "body": base64.b64encode(content).decode(), "isBase64Encoded": True}
