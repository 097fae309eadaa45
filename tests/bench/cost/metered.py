"""A table that counts what on-demand DynamoDB would bill for: units of reading and of writing."""

from __future__ import annotations

import math
from base64 import b64decode
from collections.abc import Mapping
from typing import Any

from tests.bench.load.stand_in.table import MemoryTable

# Both indexes hold the whole row; a change of its status takes it from one place and puts it to another.
_INDEX_WRITES = 3


class MeteredTable(MemoryTable):
    def __init__(self) -> None:
        super().__init__()
        self.reads = 0
        self.writes = 0
        self.stored: dict[str, int] = {}

    def get_item(self, request: Mapping[str, Any]) -> dict[str, Any]:
        found = super().get_item(request)
        self.reads += _units(found.get("Item", {}), 4096)
        return found

    def query(self, request: Mapping[str, Any]) -> dict[str, Any]:
        found = super().query(request)
        self.reads += max(1, math.ceil(sum(map(size, found["Items"])) / 4096))
        return found

    def put_item(self, request: Mapping[str, Any]) -> dict[str, Any]:
        self._count(request["Item"])
        return super().put_item(request)

    def update_item(self, request: Mapping[str, Any]) -> dict[str, Any]:
        self.writes += 1
        return super().update_item(request)

    def delete_item(self, request: Mapping[str, Any]) -> dict[str, Any]:
        self.writes += 1
        return super().delete_item(request)

    def transact_write_items(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Each action is written twice over: prepared, and committed."""
        for action in request["TransactItems"]:
            self._count(action["Put"]["Item"] if "Put" in action else {}, times=2)
        return super().transact_write_items(request)

    def _count(self, item: Mapping[str, Any], *, times: int = 1) -> None:
        units = _units(item, 1024)
        self.writes += units * times + (units * _INDEX_WRITES if "status_key" in item else 0)
        if item:
            self.stored[f"{item['pk']['S']} {item['sk']['S']}"] = size(item)


def size(item: Mapping[str, Any]) -> int:
    return sum(len(name.encode()) + _of(value) for name, value in item.items())


def _units(item: Mapping[str, Any], each: int) -> int:
    return max(1, math.ceil(size(item) / each))


def _of(value: Mapping[str, Any]) -> int:
    ((kind, raw),) = value.items()
    match kind:
        case "M":
            return 3 + sum(1 + len(name.encode()) + _of(one) for name, one in raw.items())
        case "L":
            return 3 + sum(1 + _of(one) for one in raw)
        case "S":
            return len(raw.encode())
        case "B":
            return len(b64decode(raw))
        case _:
            return 1 + len(str(raw)) // 2
