"""Dataclasses in the one table: read by key, listed by partition, put if a condition holds."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any, TypeVar

from msgspec import Struct

from lambda_api.adapters import dynamodb_codec as codec
from lambda_api.adapters import dynamodb_keys as keys
from lambda_api.adapters.dynamodb_table import Item, Table
from lambda_api.aws.client import Ask
from lambda_api.escalations.errors import ConflictError

T = TypeVar("T")
KEPT = timedelta(days=1)


def taken(key: Item, until: datetime) -> Item:
    return {**key, "until": codec.encode(until), **keys.expiry(until + KEPT)}


class Records(Struct, frozen=True, kw_only=True):
    client: Ask
    table_name: str

    @property
    def table(self) -> Table:
        return Table(self.client, self.table_name)

    def _take(self, key: Item, *, now: datetime, until: datetime) -> bool:
        """Something that one may have until then."""
        return self._won(
            taken(key, until),
            condition="attribute_not_exists(pk) OR #until <= :now",
            ExpressionAttributeNames={"#until": "until"},
            values={":now": codec.encode(now)},
        )

    def _read(self, kind: type[T], key: Item) -> T | None:
        item = self.table.get(key)
        return codec.record(kind, item) if item else None

    def _all(self, kind: type[T], pk: str, *, prefix: str | None = None) -> tuple[T, ...]:
        condition = "pk = :pk AND begins_with(sk, :sk)" if prefix else "pk = :pk"
        values: Item = {":pk": {"S": pk}} | ({":sk": {"S": prefix}} if prefix else {})
        items = self.table.query(KeyConditionExpression=condition, ExpressionAttributeValues=values)
        return tuple(codec.record(kind, item) for item in items)

    def _won(self, item: Item, *, condition: str, values: Item, **named: Any) -> bool:
        """Whether this call wrote it: one whose answer was lost is sent again, and finds its own."""
        winner: Item = {"S": secrets.token_hex(8)}
        try:
            self.table.put(
                item | {"winner": winner},
                ConditionExpression=f"{condition} OR winner = :winner",
                ExpressionAttributeValues=values | {":winner": winner},
                **named,
            )
        except ConflictError:
            return False
        return True
