"""Our verifier beside livekit-api's own receiver: who takes what, and where they may differ."""

import json
import logging
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from livekit.api import TokenVerifier, WebhookReceiver

from lambda_api.auth.webhooks import verify
from lambda_api.config.livekit_keys import SigningKey
from lambda_api.errors.edge import WebhookForgedError
from lambda_api.escalations.rooms import EventKind
from tests.fuzz.mutations import NAME, SECRET, Webhook, mutated

_KEY: Final = SigningKey(name=NAME, secret=SECRET)
_RECEIVER: Final = WebhookReceiver(TokenVerifier(NAME, SECRET))
_LONGEST: Final = 400
_LAST_S: Final = 253_402_300_799  # of the year 9999
_LAST: Final = {"joinedAt": _LAST_S, "joinedAtMs": _LAST_S * 1000}

# What livekit-api lets in and we do not act on; each is answered as taken, not as forged.
STRICTER: Final[dict[str, Callable[[dict[str, Any]], bool]]] = {
    "a kind of event that we have no word for": lambda event: event.get("event") not in {*EventKind},
    "a name that no row could hold": lambda event: any(len(text) > _LONGEST for text in _texts(event)),
    "a value of another JSON type than LiveKit writes": lambda event: _is_oddly_typed(event),
}


@dataclass(slots=True)
class Comparison:
    tried: int = 0
    both: int = 0  # took it
    stricter: Counter[str] = field(default_factory=Counter)
    unread: int = 0  # signed, acted on, and refused by livekit-api for fields that we do not read
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Comparison") -> None:
        self.tried += other.tried
        self.both += other.both
        self.stricter += other.stricter
        self.unread += other.unread
        self.wrong += other.wrong


def compare(seed: int, *, mutations: int) -> Comparison:
    rng, found = Random(seed), Comparison()
    logging.disable(logging.CRITICAL)
    with warnings.catch_warnings(action="ignore"):
        for _ in range(mutations):
            _compare(mutated(rng), found)
    logging.disable(logging.NOTSET)
    return found


def _compare(webhook: Webhook, found: Comparison) -> None:
    ours, theirs = _we_act(webhook), _livekit_takes(webhook)
    found.tried += 1
    found.both += ours and theirs
    if theirs and not ours:
        _note_stricter(webhook, found)
    elif ours and not theirs:
        found.unread += webhook.resigned
        found.wrong += [] if webhook.resigned else [f"let in: {webhook}"]


def _note_stricter(webhook: Webhook, found: Comparison) -> None:
    event = json.loads(webhook.body)
    reason = next((name for name, fits in STRICTER.items() if fits(event)), "")
    if not reason or _is_called_forged(webhook):
        found.wrong.append(f"kept out without a reason: {webhook}")
    found.stricter[reason] += 1


def _we_act(webhook: Webhook) -> bool:
    try:
        return verify(webhook.body, webhook.token, keys=lambda: [_KEY], forget=lambda: False) is not None
    except WebhookForgedError:
        return False


def _is_called_forged(webhook: Webhook) -> bool:
    try:
        verify(webhook.body, webhook.token, keys=lambda: [_KEY], forget=lambda: False)
    except WebhookForgedError:
        return True
    return False


def _livekit_takes(webhook: Webhook) -> bool:
    try:
        _RECEIVER.receive(webhook.body.decode(), webhook.token)
    except Exception:  # noqa: BLE001 - it raises ten kinds of them
        return False
    return True


def _texts(event: Any) -> list[str]:
    if isinstance(event, dict):
        return [text for value in event.values() for text in _texts(value)]
    return [event] if isinstance(event, str) else []


def _is_oddly_typed(event: dict[str, Any]) -> bool:
    """Or a time that no calendar has; protocol buffers read null as absent, and bare numbers."""
    room, one = event.get("room", {}), event.get("participant", {})
    if not (isinstance(room, dict) and isinstance(one, dict)):
        return True
    texts = [event.get("id", ""), *(room.get(name, "") for name in ("name", "sid"))]
    texts += [one.get(name, "") for name in ("identity", "sid", "kind", "disconnectReason")]
    track, tracks = event.get("track", {}), one.get("tracks", [])
    return (
        not all(isinstance(text, str) for text in texts)
        or not all(_is_time(one.get(name, "0"), last) for name, last in _LAST.items())
        or not (isinstance(track, dict) and isinstance(tracks, list))
    )


def _is_time(at: object, last: int) -> bool:
    return str(at).isdigit() and len(str(at)) < 20 and int(str(at)) <= last
