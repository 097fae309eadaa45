"""Webhooks that LiveKit never sent: by another key, unsigned, expired, for another body, broken."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Iterator

import httpx

from local.rehearsal.chaos.traffic import FORGED
from local.rehearsal.desk import Json
from local.stack.stack_file import StackFile

Forgery = tuple[bytes, dict[str, str]]


def forged_webhooks(stack: StackFile, room: str, caller: str) -> Iterator[Forgery]:
    """Each would end the escalation if it were believed."""
    body = _caller_left(room, caller)
    key, secret = stack.livekit_api_key, stack.livekit_api_secret
    genuine = _signed(body, key=key, secret=secret)
    yield body, {}
    yield body, {"Authorization": "Bearer"}
    yield body, {"Authorization": _signed(body, key=key, secret=secrets.token_urlsafe(36))}
    yield body, {"Authorization": _signed(body, key="APIother", secret=secret)}
    yield body, {"Authorization": _signed(body, key=key, secret=secret, alg="none")}
    yield body, {"Authorization": _signed(body, key=key, secret=secret, lives_s=-600)}
    yield body, {"Authorization": _signed(b"{}", key=key, secret=secret)}
    yield body.replace(b"left", b"LEFT", 1), {"Authorization": genuine}
    yield body + b" " * 400_000, {"Authorization": genuine}
    yield b"\xff\xfe" + body, {"Authorization": genuine}
    yield b"", {"Authorization": genuine}


async def post(stack: StackFile, body: bytes, headers: dict[str, str]) -> int:
    typed = {"Content-Type": "application/webhook+json", FORGED: "yes", **headers}
    async with httpx.AsyncClient(base_url=stack.api_url, timeout=35) as livekit:
        return (await livekit.post("/webhooks/livekit", content=body, headers=typed)).status_code


def _caller_left(room: str, caller: str) -> bytes:
    event = {
        "event": "participant_left",
        "id": f"EV_{secrets.token_hex(6)}",
        "createdAt": str(int(time.time())),
        "room": {"name": room, "sid": "RM_forged"},
        "participant": {"identity": caller, "sid": "PA_forged", "state": "DISCONNECTED"},
    }
    return json.dumps(event).encode()


def _signed(body: bytes, *, key: str, secret: str, alg: str = "HS256", lives_s: float = 300) -> str:
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    now = int(time.time())
    claims = {"iss": key, "nbf": now - 5, "exp": int(now + lives_s), "sha256": digest}
    signed = f"{_encoded({'alg': alg, 'typ': 'JWT'})}.{_encoded(claims)}"
    if alg == "none":
        return f"{signed}."
    signature = hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{_text(signature)}"


def _encoded(part: Json) -> str:
    return _text(json.dumps(part).encode())


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
