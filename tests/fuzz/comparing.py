"""Our verifier beside livekit-api's own receiver: who takes what, and where they may differ."""

import json
import logging
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from re import fullmatch, match
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
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Comparison") -> None:
        self.tried += other.tried
        self.both += other.both
        self.stricter += other.stricter
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
        found.wrong.append(f"let in: {webhook}")


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
    """Or a time that no calendar has; protocol buffers read null as absent, and numbers of enums."""
    room, one, track = (event.get(name, {}) for name in ("room", "participant", "track"))
    tracks = one.get("tracks", []) if isinstance(one, dict) else None
    if not isinstance(tracks, list) or not all(isinstance(each, dict) for each in (room, track, *tracks)):
        return True
    fits = [_is_participant(one), *map(_is_track, (track, *tracks))]
    fits += [_are_texts(event, "id"), _are_texts(room, "name", "sid")]
    return not all([*fits, _is_time(event.get("createdAt", "0"), _LAST_S * 1000)])


def _is_participant(one: dict[str, Any]) -> bool:
    named = _are_texts(one, "identity", "sid") and _are_of_enums(one, "kind", "state", "disconnectReason")
    return named and all(_is_time(one.get(name, "0"), last) for name, last in _LAST.items())


def _is_track(track: dict[str, Any]) -> bool:
    named = _are_texts(track, "sid") and _are_of_enums(track, "source", "type")
    return named and isinstance(track.get("muted", False), bool)


def _are_texts(place: dict[str, Any], *names: str) -> bool:
    return all(isinstance(place.get(name, ""), str) for name in names)


def _are_of_enums(place: dict[str, Any], *names: str) -> bool:
    return all(_is_of_an_enum(place.get(name, "")) for name in names)


def _is_of_an_enum(told: object) -> bool:
    """A name, or the number of one that has none yet; of longer ones livekit-api reads the last 32 bits."""
    if isinstance(told, str):
        return not match("[-+0-9]", told)
    return type(told) is int and -(2**31) <= told < 2**31


def _is_time(at: object, last: int) -> bool:
    return fullmatch("[0-9]{1,15}", str(at)) is not None and int(str(at)) <= last
