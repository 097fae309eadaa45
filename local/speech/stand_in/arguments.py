"""Fills a tool's JSON schema: the reason from its own list, the summary from what the caller said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DEFAULT_REASON = "caller_request"
_LONGEST_SUMMARY = 300


@dataclass(frozen=True, slots=True)
class Known:
    reason: str
    summary: str


def fill(schema: Mapping[str, Any], known: Known) -> dict[str, Any]:
    properties: Mapping[str, Any] = schema.get("properties", {})
    required = set(schema.get("required", properties))
    return {
        name: _value(name, rule, known)
        for name, rule in properties.items()
        if name in required or name in ("reason", "summary")
    }


def _value(name: str, rule: Mapping[str, Any], known: Known) -> Any:
    if choices := _choices(rule):
        return _choose(choices, known)
    kinds = _kinds(rule)
    if "string" in kinds and (name in ("summary", "reason") or "null" not in kinds):
        return known.summary[:_LONGEST_SUMMARY]
    return _empty(kinds)


def _choices(rule: Mapping[str, Any]) -> list[Any]:
    for option in (rule, *rule.get("anyOf", ())):
        if option.get("enum"):
            return list(option["enum"])
    return []


def _choose(choices: list[Any], known: Known) -> Any:
    for wanted in (known.reason, DEFAULT_REASON, None):
        if wanted in choices:
            return wanted
    return choices[0]


def _kinds(rule: Mapping[str, Any]) -> set[str]:
    declared = [option.get("type") for option in (rule, *rule.get("anyOf", ()))]
    return {kind for entry in declared if entry for kind in ([entry] if isinstance(entry, str) else entry)}


def _empty(kinds: set[str]) -> Any:
    if "null" in kinds:
        return None
    return {"boolean": False, "integer": 0, "number": 0, "array": [], "object": {}}.get(
        next(iter(kinds), ""), ""
    )
