"""On a laptop, writes down what each function asks of AWS, to be compared with what its role allows."""

import os
from collections.abc import Iterator, Mapping
from typing import Any

# IAM knows no transaction: each of its parts wants its own permission.
_PARTS = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}


class ActionsLog:
    """One line for each action, the first time that this process asks for it."""

    def __init__(self, path: str, *, door: str) -> None:
        self._path = path
        self._door = door
        self._known: set[str] = set()

    def note(self, service: str, operation: str, given: Mapping[str, Any]) -> None:
        """To be told of every call."""
        new = set(_actions(service, operation, given)) - self._known
        self._known |= new
        if new:
            self._write("".join(f"{self._door} {action}\n" for action in sorted(new)))

    def _write(self, lines: str) -> None:
        # Opened to append and written at once: several processes write, and no line is torn.
        file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, lines.encode())
        finally:
            os.close(file)


def _actions(service: str, operation: str, given: Mapping[str, Any]) -> Iterator[str]:
    if operation != "TransactWriteItems":
        yield f"{service}:{operation}"
        return
    for item in given["TransactItems"]:
        for part in item:
            yield f"{service}:{_PARTS[part]}"
