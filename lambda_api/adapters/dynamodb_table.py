"""The table as few verbs: get, query, write; the vendor's errors become the domain's."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from msgspec import Struct

from lambda_api.aws.client import Ask
from lambda_api.aws.errors import AwsError
from lambda_api.escalations.errors import ConflictError, UnavailableError

logger = logging.getLogger(__name__)


Item = dict[str, Any]
_LOST: Final = ("ConditionalCheckFailed", "TransactionConflict")


class Table(Struct, frozen=True):
    client: Ask
    name: str

    def get(self, key: Item) -> Item | None:
        with asking():
            return self.client("GetItem", TableName=self.name, Key=key, ConsistentRead=True).get("Item")

    def query(self, **how: Any) -> Iterator[Item]:
        """Every page; consistent unless an index is asked, which cannot be."""
        how["ConsistentRead"] = "IndexName" not in how
        with asking():
            while True:
                page = self.client("Query", TableName=self.name, **how)
                yield from page["Items"]
                if not page.get("LastEvaluatedKey"):
                    return
                how["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def put(self, item: Item, **condition: Any) -> None:
        with asking():
            self.client("PutItem", TableName=self.name, Item=item, **condition)

    def update(self, key: Item, **how: Any) -> None:
        with asking():
            self.client("UpdateItem", TableName=self.name, Key=key, **how)

    def delete(self, key: Item) -> None:
        with asking():
            self.client("DeleteItem", TableName=self.name, Key=key)

    def write(self, actions: list[Any]) -> None:
        """All of them or none; and once, however often it has to be said."""
        with asking():
            self.client("TransactWriteItems", TransactItems=actions, ClientRequestToken=secrets.token_hex(16))

    def putting(self, item: Item, **condition: Any) -> Item:
        return {"Put": {"TableName": self.name, "Item": item, **condition}}

    def deleting(self, key: Item, **condition: Any) -> Item:
        return {"Delete": {"TableName": self.name, "Key": key, **condition}}


class LostError(ConflictError):
    """A condition did not hold; `places` are the failed actions of a transaction."""

    def __init__(self, places: tuple[int, ...]) -> None:
        super().__init__("A condition did not hold.")
        self.places = places


@contextmanager
def asking() -> Iterator[None]:
    try:
        yield
    except AwsError as error:
        raise _translated(error) from error


def _translated(error: AwsError) -> Exception:
    lost = tuple(place for place, why in enumerate(error.reasons) if why == "ConditionalCheckFailed")
    if error.code in ("ConditionalCheckFailedException", "TransactionConflictException"):
        return LostError(())
    if any(reason in _LOST for reason in error.reasons):
        return LostError(lost)
    logger.error("the table gave no answer", extra={"code": error.code, "reasons": error.reasons})
    return UnavailableError("store")
