"""Webhooks changed in one or more places: their token, their claims, their body, signed again or not."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any, Final

NAME, SECRET = "APIfuzz", "f" * 43
_NOW: Final = int(time.time())
_ODD: Final[tuple[Any, ...]] = (
    None,
    True,
    0,
    -1,
    1,
    2**53,
    1e308,
    "",
    "x",
    [],
    {},
    [1],
    "\u0000",
    "é",
    "0",
    "AAAA",
    "9" * 500,
)
_LETTERS: Final = "AZaz09-_.=+/ \n\té\x00"
_HEADERS: Final[tuple[dict[str, Any], ...]] = (
    {"alg": "HS256", "typ": "JWT"},
    {"alg": "HS256"},
    {"alg": "hs256"},
    {"alg": "HS384"},
    {"alg": "none"},
    {"alg": "RS256"},
    {"alg": ["HS256"]},
    {"typ": "JWT"},
    {"alg": "HS256", "crit": ["exp"]},
    {"alg": "HS256", "kid": "../../etc/passwd"},
    {"alg": "HS256", "jwk": {"kty": "oct", "k": "eA"}},
    {"alg": "HS256", "b64": False},
)
EVENT: Final[dict[str, Any]] = {
    "event": "participant_joined",
    "id": "EV_1",
    "createdAt": str(_NOW),
    "room": {"sid": "RM_1", "name": "r"},
    "participant": {
        "sid": "PA_h",
        "identity": "human-agent-maria-1",
        "state": "ACTIVE",
        "joinedAt": str(_NOW),
        "joinedAtMs": str(_NOW * 1000),
        "tracks": [{"sid": "TR_1", "source": "MICROPHONE"}],
    },
}


@dataclass(frozen=True, slots=True)
class Webhook:
    body: bytes
    token: str


def mutated(rng: Random) -> Webhook:
    return rng.choice(_WAYS)(rng)


def _token(header: object, claims: object, secret: str = SECRET) -> str:
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (header, claims)]
    signature = hmac.digest(secret.encode(), b".".join(parts), hashlib.sha256)
    return b".".join([*parts, base64.urlsafe_b64encode(signature).rstrip(b"=")]).decode()


def _claims(body: bytes) -> dict[str, Any]:
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    return {"iss": NAME, "nbf": _NOW - 5, "exp": _NOW + 36_000, "sha256": digest}


_BODY: Final = json.dumps(EVENT).encode()
_GOOD: Final = _token(_HEADERS[0], _claims(_BODY))


def _with_another_token(rng: Random) -> Webhook:
    token = _GOOD
    for _ in range(rng.randint(1, 4)):
        where, letters = rng.randrange(len(token) + 1), rng.choices(_LETTERS, k=rng.randint(0, 2))
        token = token[:where] + "".join(letters) + token[where + rng.randint(0, 2) :]
    return Webhook(_BODY, token.strip())  # header values arrive without space around them


def _with_other_claims(rng: Random) -> Webhook:
    claims = _claims(_BODY)
    for _ in range(rng.randint(1, 2)):
        name = rng.choice(["iss", "nbf", "exp", "sha256", "iat", "aud", "sub", "jti", "video", "sip", "crit"])
        claims[name] = rng.choice([*_ODD, _NOW + rng.randint(-120, 120)])
    left_out = rng.choice(["", "", "iss", "nbf", "exp", "sha256"])
    claims.pop(left_out, None)
    return Webhook(_BODY, _token(rng.choice(_HEADERS), claims))


def _with_another_header(rng: Random) -> Webhook:
    claims: object = rng.choice([_claims(_BODY), [], "x", 7, None, [_claims(_BODY)]])
    return Webhook(_BODY, _token(rng.choice([*_HEADERS, [], "x", None]), claims))


def _by_another_hand(rng: Random) -> Webhook:
    secret = rng.choice(["", "x" * 43, SECRET[:-1], SECRET + "f", SECRET.upper(), NAME])
    return Webhook(_BODY, _token(rng.choice(_HEADERS), _claims(_BODY), secret))


def _with_another_body(rng: Random) -> Webhook:
    return Webhook(_bytes_changed(rng), _GOOD)


def _signed_bytes(rng: Random) -> Webhook:
    """Signed over the changed body, which only LiveKit itself could do."""
    body = _bytes_changed(rng)
    return Webhook(body, _token(_HEADERS[0], _claims(body)))


def _signed_event(rng: Random) -> Webhook:
    """Other values somewhere in the event, as no LiveKit of today writes it."""
    event: Any = json.loads(_BODY)
    places = [event, event["room"], event["participant"], event["participant"]["tracks"][0]]
    for _ in range(rng.randint(1, 3)):
        place = rng.choice(places)
        place[rng.choice([*place, "kind", "muted", "disconnectReason", "track"])] = rng.choice(_ODD)
    body = json.dumps(event).encode()
    return Webhook(body, _token(_HEADERS[0], _claims(body)))


def _untouched(_: Random) -> Webhook:
    return Webhook(_BODY, _GOOD)


def _bytes_changed(rng: Random) -> bytes:
    body = bytearray(_BODY)
    for _ in range(rng.randint(1, 4)):
        where = rng.randrange(len(body))
        body[where : where + rng.randint(0, 2)] = rng.randbytes(rng.randint(0, 2))
    return bytes(body)


# There are few ways to be signed by another hand, or not changed at all, and each is soon tried again.
_WAYS: Final[tuple[Callable[[Random], Webhook], ...]] = (
    *[_with_another_token] * 4,
    *[_with_other_claims] * 4,
    _with_another_header,
    _by_another_hand,
    *[_with_another_body] * 2,
    *[_signed_bytes] * 3,
    *[_signed_event] * 3,
    _untouched,
)
