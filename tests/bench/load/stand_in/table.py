"""One DynamoDB table in memory: reads, conditional writes, and transactions that are all or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any, Final

from tests.bench.load.stand_in.expressions import Item, Words

Request = Mapping[str, Any]
LOST: Final = "ConditionalCheckFailed"


class RefusedError(Exception):
    """As DynamoDB says it: its code, and for a transaction why each action was not carried out."""

    def __init__(self, code: str, reasons: list[dict[str, str]] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.reasons = reasons


class MemoryTable:
    def __init__(self) -> None:
        self._items: dict[str, dict[str, Item]] = defaultdict(dict)
        self._lock = Lock()
        self.refused = 0

    def clear(self) -> None:
        self._items.clear()

    def asked(self, operation: str, request: Request) -> dict[str, Any]:
        """By the operation's name in DynamoDB's API."""
        ask: Callable[[Request], dict[str, Any]] = {
            "GetItem": self.get_item,
            "Query": self.query,
            "PutItem": self.put_item,
            "UpdateItem": self.update_item,
            "DeleteItem": self.delete_item,
            "TransactWriteItems": self.transact_write_items,
        }[operation]
        return ask(request)

    def get_item(self, request: Request) -> dict[str, Any]:
        item = self._at(request["Key"])
        return {"Item": item} if item else {}

    def query(self, request: Request) -> dict[str, Any]:
        """One partition in the order of its keys, in one page."""
        words, condition = Words(request), request["KeyConditionExpression"]
        with self._lock:
            # Only of the partition asked for is every item looked at.
            (pk,) = (value["S"] for name, value in _equals(condition, words) if name == "pk")
            partition = sorted(self._items[pk].items()) if pk in self._items else []
        found = [item for _, item in partition if words.holds(condition, item)]
        return {"Items": found, "Count": len(found), "ScannedCount": len(found)}

    def put_item(self, request: Request) -> dict[str, Any]:
        return self._alone({"Put": request})

    def update_item(self, request: Request) -> dict[str, Any]:
        return self._alone({"Update": request})

    def delete_item(self, request: Request) -> dict[str, Any]:
        return self._alone({"Delete": request})

    def transact_write_items(self, request: Request) -> dict[str, Any]:
        actions: list[Request] = request["TransactItems"]
        with self._lock:
            allowed = [self._allowed(action) for action in actions]
            if not all(allowed):
                self.refused += 1
                reasons = [{"Code": "None" if ok else LOST} for ok in allowed]
                raise RefusedError("TransactionCanceledException", reasons)
            for action in actions:
                self._carry_out(action)
        return {}

    def _alone(self, action: Request) -> dict[str, Any]:
        with self._lock:
            if not self._allowed(action):
                self.refused += 1
                raise RefusedError(f"{LOST}Exception")
            self._carry_out(action)
        return {}

    def _allowed(self, action: Request) -> bool:
        ((kind, request),) = action.items()
        condition = request.get("ConditionExpression")
        key = request["Item"] if kind == "Put" else request["Key"]
        return not condition or Words(request).holds(condition, self._at(key) or {})

    def _carry_out(self, action: Request) -> None:
        ((kind, request),) = action.items()
        key = request["Item"] if kind == "Put" else request["Key"]
        pk, sk = key["pk"]["S"], key["sk"]["S"]
        if kind == "Put":
            self._items[pk][sk] = request["Item"]
        elif kind == "Update":
            before = self._at(key) or dict(key)
            self._items[pk][sk] = Words(request).updated(request["UpdateExpression"], before)
        else:
            self._items[pk].pop(sk, None)

    def _at(self, key: Item) -> Item | None:
        return self._items.get(key["pk"]["S"], {}).get(key["sk"]["S"])


def _equals(condition: str, words: Words) -> list[tuple[str, Item]]:
    terms = (term.split(" = ") for term in condition.split(" AND ") if " = " in term)
    return [(name.strip(), words.value(value.strip())) for name, value in terms]
