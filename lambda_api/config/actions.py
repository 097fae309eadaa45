"""On a laptop, writes down what each function asks of AWS, to be compared with what its role allows."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from botocore.model import OperationModel
    from botocore.session import Session

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

    def follow(self, session: Session) -> None:
        """Every client that the session makes from now on is heard."""
        session.register("provide-client-params", self._note)

    def _note(self, **told: Any) -> None:
        new = set(_actions(told["model"], told["params"])) - self._known
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


def _actions(model: OperationModel, params: Mapping[str, Any]) -> Iterator[str]:
    service = model.service_model.endpoint_prefix
    if model.name != "TransactWriteItems":
        yield f"{service}:{model.name}"
        return
    for item in params["TransactItems"]:
        for part in item:
            yield f"{service}:{_PARTS[part]}"
