"""Cuts what the SDK reads of each service at a start down to the operations that are called."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

OPERATIONS: Final = {
    "dynamodb": ("DeleteItem", "GetItem", "PutItem", "Query", "TransactWriteItems", "UpdateItem"),
    "secretsmanager": ("GetSecretValue",),
    "sns": (
        "CheckIfPhoneNumberIsOptedOut",
        "GetSubscriptionAttributes",
        "Publish",
        "Subscribe",
        "Unsubscribe",
    ),
    "sqs": ("SendMessage",),
}
_SHARED: Final = ("_retry.json", "endpoints.json", "partitions.json", "sdk-default-configuration.json")


def trim(data: Path) -> None:
    """Rewrite botocore's `data` folder, whose other services are gone already."""
    for service, operations in OPERATIONS.items():
        for packed in (data / service).glob("*/service-2.json.gz"):
            model = json.loads(gzip.decompress(packed.read_bytes()))
            _write(packed.with_suffix(""), _cut(model, operations))
            packed.unlink()
    endpoints = data / "endpoints.json"
    _write(endpoints, _known(json.loads(endpoints.read_text())))


def unread(data: Path) -> Iterator[Path]:
    """What no function asks for."""
    for path in data.iterdir():
        if path.name not in (*OPERATIONS, *_SHARED):
            yield path
    yield from data.rglob("examples-1*")


def _cut(model: dict[str, Any], operations: tuple[str, ...]) -> dict[str, Any]:
    kept = {name: model["operations"][name] for name in operations}
    named = set(_reached(kept, model["shapes"]))
    shapes = {name: shape for name, shape in model["shapes"].items() if name in named}
    return {**model, "operations": _undocumented(kept), "shapes": _undocumented(shapes)}


def _reached(start: Any, shapes: dict[str, Any]) -> Iterator[str]:
    seen: set[str] = set()
    waiting = list(_references(start))
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            yield name
            waiting.extend(_references(shapes[name]))


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        part = dict(enumerate(part))
    if isinstance(part, dict):
        if isinstance(part.get("shape"), str):
            yield part["shape"]
        for value in part.values():
            yield from _references(value)


def _undocumented(part: Any) -> Any:
    if isinstance(part, dict):
        texts = {name for name, value in part.items() if name == "documentation" and isinstance(value, str)}
        return {name: _undocumented(value) for name, value in part.items() if name not in texts}
    return [_undocumented(each) for each in part] if isinstance(part, list) else part


def _known(endpoints: dict[str, Any]) -> dict[str, Any]:
    for partition in endpoints["partitions"]:
        services = partition["services"]
        partition["services"] = {name: services[name] for name in OPERATIONS if name in services}
    return endpoints


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, separators=(",", ":")))
