"""The keys of the one table; whoever wants to know where something is stored reads this."""

from datetime import datetime
from typing import Any, Final

Key = dict[str, Any]

OUTBOX: Final = "OUTBOX"
HUMANS: Final = "HUMAN"
HOOKS: Final = "HOOK"
API_KEYS: Final = "API_KEY"
WATCH: Final = "WATCH"
SEAT: Final = "SEAT#"
EVERY: Final = "ESC"  # list_key of every escalation, in the index by_created


def escalation(escalation_id: str) -> Key:
    return _key(f"ESC#{escalation_id}", "META")


def words(escalation_id: str) -> Key:
    return _key(f"ESC#{escalation_id}", "WORDS")


def brief(escalation_id: str) -> Key:
    return _key(f"ESC#{escalation_id}", "BRIEF")


def chain(escalation_id: str) -> Key:
    return _key(f"ESC#{escalation_id}", "LOOK")


def pointer(room: str) -> Key:
    return _key(f"ROOM#{room}", "OPEN")


def grant(room: str, identity: str) -> Key:
    return _key(f"ROOM#{room}", f"{SEAT}{identity}")


def dispatch(room: str) -> Key:
    return _key(f"ROOM#{room}", "DISPATCH")


def watch(room: str) -> Key:
    return _key(WATCH, room)


def api_key(name: str) -> Key:
    return _key(API_KEYS, name)


def idempotency(key: str) -> Key:
    return _key(f"IDEM#{key}", "IDEM")


def link(code_hash: str) -> Key:
    return _key(f"LINK#{code_hash}", "LINK")


def event(event_id: str) -> Key:
    return _key(f"EVENT#{event_id}", "EVENT")


def sms(hour: str) -> Key:
    return _key("SMS", hour)


def outbox(item_id: str) -> Key:
    return _key(OUTBOX, item_id)


def human(human_agent_id: str) -> Key:
    return _key(HUMANS, human_agent_id)


def sign_ins(who: str) -> Key:
    return _key(f"DESK#{who}", "ASKED")


def sign_in_code(code_hash: str) -> Key:
    return _key(f"DESK#{code_hash}", "CODE")


def session(cookie_hash: str) -> Key:
    return _key(f"DESK#{cookie_hash}", "SESSION")


def hook(hook_id: str) -> Key:
    return _key(HOOKS, hook_id)


def expiry(at: datetime) -> dict[str, Any]:
    """The table's time to live; deletion is late, so every read of ours checks its own field."""
    return {"expires_at": {"N": str(int(at.timestamp()))}}


def has_expired(item: dict[str, Any], now: datetime) -> bool:
    return int(item["expires_at"]["N"]) <= now.timestamp()


def _key(pk: str, sk: str) -> Key:
    return {"pk": {"S": pk}, "sk": {"S": sk}}
