"""Lets a webhook in when LiveKit signed exactly these bytes; everything else is one error."""

import base64
import hashlib
import hmac
import json
import logging
from collections.abc import Callable, Sequence
from typing import Any, Final

import jwt

from lambda_api.auth.room_events import room_event
from lambda_api.config.livekit_keys import SigningKey
from lambda_api.errors.edge import WebhookForgedError
from lambda_api.escalations.rooms import RoomEvent

_LEEWAY_S = 60
_GRANTS: Final = ("video", "sip", "inference", "observability")  # what a LiveKit token may hold beside

log = logging.getLogger(__name__)


def verify(
    body: bytes,
    authorization: str | None,
    *,
    keys: Callable[[], Sequence[SigningKey]],
    forget: Callable[[], bool],
) -> RoomEvent | None:
    """Give the event, or none for a genuine one that the domain has no word for or nobody can read."""
    token = _raw_token(authorization)
    if not _signed(token, body, keys()) and not (forget() and _signed(token, body, keys())):
        raise WebhookForgedError
    return _parsed(body)


def _raw_token(authorization: str | None) -> str:
    # LiveKit sends the bare token; proxies have been seen to make it a Bearer.
    token = (authorization or "").strip()
    return token[7:].strip() if token[:7].lower() == "bearer " else token


def _signed(token: str, body: bytes, keys: Sequence[SigningKey]) -> bool:
    return any(_signed_with(key, token, body) for key in keys)


def _signed_with(key: SigningKey, token: str, body: bytes) -> bool:
    try:
        claims = jwt.decode(
            token,
            key.secret,
            algorithms=["HS256"],
            issuer=key.name,
            leeway=_LEEWAY_S,
            options={"require": ["exp", "iss"]},
        )
        told = base64.b64decode(claims["sha256"])
        grants = [claims.get(name, {}) for name in _GRANTS]
    except Exception:  # noqa: BLE001 - hostile tokens raise far more than PyJWT's own errors
        return False
    if not all(isinstance(grant, dict) for grant in grants):
        return False
    return hmac.compare_digest(told, hashlib.sha256(body).digest())


def _parsed(body: bytes) -> RoomEvent | None:
    try:
        return room_event(json.loads(body.decode(), object_pairs_hook=_told_once))
    except Exception:
        # Genuine, from a LiveKit that we do not know how to read: refused, it would come again and again.
        log.exception("a genuine webhook could not be read")
        return None


def _told_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """As protocol buffers read it: of two values of one name neither is to be believed."""
    told = dict(pairs)
    if len(told) < len(pairs):
        raise ValueError("a name that stands there twice")
    return told
