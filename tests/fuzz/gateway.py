"""API Gateway's HTTP API before the deployed doors, as an ASGI app: payload version 2.0 there, and back."""

import base64
from typing import Any

from anyio import to_thread
from schemathesis.python.asgi import Receive, Scope, Send

from lambda_api.doors import api, webhooks
from lambda_api.doors.origin import HEADER
from tests.unit.lambda_api.http.surroundings import ORIGIN_KEY


class Gateway:
    def __init__(self, *, packed: bool) -> None:
        self._packed = packed  # every body in base64; else only what is no text

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "http"  # a door has no lifespan
        event = _event(scope, (await receive())["body"], packed=self._packed)
        is_webhook = (scope["method"], scope["path"]) == ("POST", "/webhooks/livekit")
        door = webhooks.handler if is_webhook else api.handler
        # As in Lambda, no other loop runs in the door's thread.
        answer = await to_thread.run_sync(door, event, None)
        await send({"type": "http.response.start", "status": answer["statusCode"], "headers": _told(answer)})
        await send({"type": "http.response.body", "body": _bytes(answer)})


def _event(scope: Scope, body: bytes, *, packed: bool) -> dict[str, Any]:
    path = scope["raw_path"].decode()
    http = {"method": scope["method"], "path": path, "sourceIp": "192.0.2.1"}
    shown: dict[str, str] = {}
    for name, value in ((name.decode(), value.decode("latin-1")) for name, value in scope["headers"]):
        shown[name] = f"{shown[name]},{value}" if name in shown else value
    cookies = shown.pop("cookie", "")
    return {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": scope["query_string"].decode(),
        "headers": shown | {HEADER: ORIGIN_KEY},
        "cookies": cookies.split("; ") if cookies else [],
        "requestContext": {"http": http},
        **_body(body, packed=packed),
    }


def _body(body: bytes, *, packed: bool) -> dict[str, Any]:
    try:
        text = "" if packed else body.decode()
    except UnicodeDecodeError:
        packed = True
    text = base64.b64encode(body).decode() if packed else text
    return {"body": text, "isBase64Encoded": packed} if body else {"isBase64Encoded": False}


def _told(answer: dict[str, Any]) -> list[tuple[bytes, bytes]]:
    cookies = [("set-cookie", cookie) for cookie in answer.get("cookies", [])]
    return [
        (name.encode(), value.encode("latin-1")) for name, value in (*answer["headers"].items(), *cookies)
    ]


def _bytes(answer: dict[str, Any]) -> bytes:
    body: str = answer.get("body", "")
    return base64.b64decode(body) if answer["isBase64Encoded"] else body.encode()
