"""Tells apart what takes the detour: webhooks, calls of the API, and each of AWS's services."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from local.rehearsal.chaos.faults import Passing

FORGED: Final = "X-Rehearsal-Forged"
_API: Final = "/_aws/execute-api/"
_SCOPE: Final = re.compile(r"Credential=[^/]+/\d+/[^/]+/(\w+)/")


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that arrived where it was meant to, and how it was answered there."""

    kind: str
    room: str
    status: int
    forged: bool


def kind_of(path: str, headers: Mapping[str, str]) -> str:
    if path.startswith(_API):
        return "webhook" if path.endswith("/webhooks/livekit") else "api"
    found = _SCOPE.search(headers.get("Authorization", ""))
    return found.group(1) if found else ""


def room_in(asked: Passing) -> str:
    """The room that a webhook is about."""
    if asked.kind != "webhook":
        return ""
    try:
        return str(json.loads(asked.body)["room"]["name"])
    except (ValueError, KeyError, TypeError):
        return ""
