"""`.local/stack.json`: where everything is while the stack is up, and with which keys."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from local.stack.files import write_private
from local.stack.identities import Identity
from local.stack.places import STACK_FILE


@dataclass(frozen=True, slots=True, kw_only=True)
class StackFile:
    api_url: str
    livekit_url: str
    livekit_api_key: str = field(repr=False)
    livekit_api_secret: str = field(repr=False)
    service_key: str = field(repr=False)
    inbox_url: str
    agent_name: str
    aws_endpoint: str
    speech_url: str
    worker_health_url: str
    control_url: str
    time_factor: float = 1.0
    processes: tuple[dict[str, Any], ...] = ()


def write(stack: StackFile, processes: Iterable[Identity], path: Path = STACK_FILE) -> None:
    content = {**asdict(stack), "processes": [process.as_dict() for process in processes]}
    write_private(path, json.dumps(content, indent=2) + "\n")


def read(path: Path = STACK_FILE) -> StackFile | None:
    """The stack that is up; None when there is none, or when its file is all that is left of it."""
    try:
        content = json.loads(path.read_text())
        owner = Identity(**content["processes"][0])
        return StackFile(**content) if owner.alive() else None
    except (OSError, ValueError, TypeError, KeyError, IndexError):
        return None
