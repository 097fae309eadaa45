"""The running laptop stack, as `.local/stack.json` describes it."""

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

STACK_FILE = Path(".local/stack.json")


class StackMissingError(RuntimeError):
    """There is no stack.json, or it does not say what is needed."""


@dataclass(frozen=True, slots=True)
class Stack:
    """The part of stack.json that an outsider needs."""

    api_url: str
    livekit_url: str
    livekit_api_key: str
    livekit_api_secret: str
    service_key: str
    inbox_url: str
    agent_name: str
    control_url: str = ""
    processes: tuple[dict[str, Any], ...] = ()


def read_stack(path: Path = STACK_FILE) -> Stack:
    try:
        said = json.loads(path.read_text())
        known = {each.name: said[each.name] for each in fields(Stack) if each.name in said}
        return Stack(**{**known, "processes": tuple(known.get("processes", ()))})
    except (OSError, ValueError, TypeError) as error:
        raise StackMissingError(f"{path} does not describe a running stack") from error
