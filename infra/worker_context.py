"""What an operator may say about the worker by context; what is not said the worker decides itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from infra.context_error import ContextError, ReadContext

FALLBACKS = ("stt_fallback", "llm_fallback", "tts_fallback")
AVATAR = "avatar"
_SLOT = {"provider", "model", "base_url", "voice"}
# What the worker draws by itself.
_OWN_AVATAR = "wave"


def read_worker_settings(read: ReadContext) -> dict[str, str]:
    """As the worker's environment wants them, of what was said."""
    return {
        f"HANDOFF_{name.upper()}": written(name, value)
        for name, written in _WRITTEN.items()
        if (value := read(name))
    }


def keys_wanted(settings: Mapping[str, str]) -> tuple[str, ...]:
    """Of a fallback at an address of its own (the providers have theirs already), and of an avatar."""
    fallbacks = tuple(name for name in FALLBACKS if _slot_of(settings, name).get("base_url"))
    avatar = _slot_of(settings, AVATAR).get("provider", _OWN_AVATAR)
    return fallbacks if avatar == _OWN_AVATAR else (*fallbacks, AVATAR)


def _slot_of(settings: Mapping[str, str], name: str) -> dict[str, Any]:
    slot: dict[str, Any] = json.loads(settings.get(f"HANDOFF_{name.upper()}", "{}"))
    return slot


def _switch(name: str, value: str) -> str:
    if value not in {"on", "off"}:
        raise ContextError(name=name, value=value, wanted="on or off")
    return value


def _count(name: str, value: str) -> str:
    if not value.isdecimal() or int(value) < 1:
        raise ContextError(name=name, value=value, wanted="a whole number from 1 on")
    return value


def _seconds(name: str, value: str) -> str:
    if not value.replace(".", "", 1).isdecimal() or float(value) <= 0:
        raise ContextError(name=name, value=value, wanted="seconds, more than none")
    return value


def _text(_name: str, value: str) -> str:
    return value


def _slot(name: str, value: str) -> str:
    return _object(name, value, needs={"model"}, takes=_SLOT)


def _avatar(name: str, value: str) -> str:
    return _object(name, value, needs={"provider"}, takes={"provider", "options"})


def _object(name: str, value: str, *, needs: set[str], takes: set[str]) -> str:
    """A key in it would stand in the template: `make secrets` asks for that, and nothing here repeats it."""
    try:
        said = json.loads(value)
    except ValueError as error:
        raise ContextError(name=name, value="…", wanted="a JSON object") from error
    if not (isinstance(said, dict) and needs <= set(said) <= takes):
        others = ", ".join(sorted(takes - needs))
        raise ContextError(name=name, value="…", wanted=f"{', '.join(needs)} and perhaps {others}")
    return json.dumps(said, sort_keys=True)


_WRITTEN: dict[str, Callable[[str, str], str]] = {
    "consent": _switch,
    "farewell": _switch,
    "hold_music": _switch,
    "private_briefing": _switch,
    "failed_turns": _count,
    "moment_after": _seconds,
    "give_up_after": _seconds,
    "language": _text,
    "otlp_endpoint": _text,
    "stt_model": _text,
    "llm_model": _text,
    "tts_model": _text,
    "tts_voice": _text,
    **dict.fromkeys(FALLBACKS, _slot),
    AVATAR: _avatar,
}
