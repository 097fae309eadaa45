"""Webhooks as a livekit-server signs and sends them, and as a forger would."""

import base64
import hashlib
import json
import time
from typing import Any
from uuid import uuid4

import jwt

from local.stack.stack_file import StackFile

MEDIA_TYPE = "application/webhook+json"


def event(kind: str, room: str, **more: Any) -> bytes:
    content = {"event": kind, "id": f"EV_{uuid4().hex[:12]}", "createdAt": str(int(time.time()))}
    return json.dumps({**content, "room": {"name": room, "sid": "RM_e2e"}, **more}).encode()


def headers(
    stack: StackFile, body: bytes, *, secret: str = "", media_type: str = MEDIA_TYPE
) -> dict[str, str]:
    now = int(time.time())
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    claims = {"iss": stack.livekit_api_key, "nbf": now, "exp": now + 300, "sha256": digest}
    token = jwt.encode(claims, secret or stack.livekit_api_secret, algorithm="HS256")
    return {"Authorization": token, "Content-Type": media_type}
