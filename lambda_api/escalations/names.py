"""Ids, identities and hashes: everything in the domain that is made up rather than told."""

import hashlib
import secrets
import unicodedata
from datetime import datetime
from typing import Final

from lambda_api.escalations.models import HUMAN_PREFIX

_ROOM: Final = "room:"
_DESK: Final = "desk:"
_ALPHABET: Final = "0123456789abcdefghijklmnopqrstuv"  # base32hex keeps the order of what it encodes


def escalation_id(at: datetime) -> str:
    """48 bits of milliseconds and 80 random ones, so that ids sort by time."""
    number = (int(at.timestamp() * 1000) << 80) | secrets.randbits(80)
    return "esc_" + "".join([_ALPHABET[(number >> shift) & 31] for shift in range(125, -5, -5)])


def of_room(room: str) -> str:
    """What a look is queued under that is about a room and none of its rows."""
    return f"{_ROOM}{room}"


def room_in(look_id: str) -> str | None:
    return look_id.removeprefix(_ROOM) if look_id.startswith(_ROOM) else None


def of_desk(human_agent_id: str) -> str:
    """What a look is queued under that is about a person who wants to sign in."""
    return f"{_DESK}{human_agent_id}"


def desk_in(look_id: str) -> str | None:
    return look_id.removeprefix(_DESK) if look_id.startswith(_DESK) else None


def cookie() -> str:
    return secrets.token_urlsafe(24)


def human_identity(person: str) -> str:
    """A new one for every claim, since LiveKit may refuse or resurrect an old identity's tokens."""
    return f"{HUMAN_PREFIX}{person}-{secrets.token_hex(4)}"


def begins(text: str | None, *prefixes: str) -> bool:
    """Whatever looks like it to a person does: letter case, width and space around make no difference."""
    return unicodedata.normalize("NFKC", text or "").strip().casefold().startswith(prefixes)


def suffix() -> str:
    return secrets.token_hex(6)


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
