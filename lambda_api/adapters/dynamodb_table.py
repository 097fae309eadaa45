"""The table as few verbs: get, query, write; the vendor's errors become the domain's."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError
from msgspec import Struct

from lambda_api.escalations.errors import ConflictError, UnavailableError

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

logger = logging.getLogger(__name__)


Item = dict[str, Any]
_LOST: Final = ("ConditionalCheckFailed", "TransactionConflict")


class Table(Struct, frozen=True):
    client: DynamoDBClient
    name: str

    def get(self, key: Item) -> Item | None:
        with asking():
            return self.client.get_item(TableName=self.name, Key=key, ConsistentRead=True).get("Item")

    def query(self, **how: Any) -> Iterator[Item]:
        """Every page; consistent unless an index is asked, which cannot be."""
        how["ConsistentRead"] = "IndexName" not in how
        with asking():
            pages = self.client.get_paginator("query").paginate(TableName=self.name, **how)
            for page in pages:
                yield from page["Items"]

    def put(self, item: Item, **condition: Any) -> None:
        with asking():
            self.client.put_item(TableName=self.name, Item=item, **condition)

    def update(self, key: Item, **how: Any) -> None:
        with asking():
            self.client.update_item(TableName=self.name, Key=key, **how)

    def delete(self, key: Item) -> None:
        with asking():
            self.client.delete_item(TableName=self.name, Key=key)

    def write(self, actions: list[Any]) -> None:
        """All of them or none."""
        with asking():
            self.client.transact_write_items(TransactItems=actions)

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
    except ClientError as error:
        raise _translated(error.response) from error
    except BotoCoreError as error:
        raise UnavailableError("store") from error


def _translated(response: Mapping[str, Any]) -> Exception:
    code = response["Error"]["Code"]
    reasons = [one.get("Code") for one in response.get("CancellationReasons", [])]
    lost = tuple(place for place, reason in enumerate(reasons) if reason == "ConditionalCheckFailed")
    if code in ("ConditionalCheckFailedException", "TransactionConflictException"):
        return LostError(())
    if any(reason in _LOST for reason in reasons):
        return LostError(lost)
    logger.error("the table refused a request", extra={"code": code, "reasons": reasons})
    return UnavailableError("store")
