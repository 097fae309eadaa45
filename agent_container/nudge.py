"""What the server tells the worker in the room: a human's coming and going, and news of the open request."""

import json
from dataclasses import dataclass
from typing import Any, Self

from agent_container import prompts


@dataclass(frozen=True, slots=True, kw_only=True)
class Nudge:
    type: str
    escalation_id: str
    identity: str
    name: str
    minutes: int

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        try:
            content: dict[str, Any] = json.loads(data)
            return cls(
                type=str(content["type"]),
                escalation_id=str(content.get("escalation_id") or ""),
                identity=str(content.get("identity") or ""),
                name=str(content.get("name") or prompts.SOMEBODY),
                minutes=int(content.get("minutes") or 0),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
