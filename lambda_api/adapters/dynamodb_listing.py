"""Listing escalations by two indexes, page by page, newest first; and the rooms whose look was missed."""

import base64
import json
from datetime import datetime
from typing import Any

from lambda_api.adapters import dynamodb_codec as codec
from lambda_api.adapters import dynamodb_keys as keys
from lambda_api.adapters.dynamodb_table import Item, Table, asking
from lambda_api.escalations.errors import BadCursorError
from lambda_api.escalations.models import OPEN_STATUSES, Escalation, Status
from lambda_api.escalations.records import Page


def page(table: Table, *, status: Status | None, limit: int, cursor: str | None) -> Page:
    index, key, value = ("by_status", "status_key", status.value) if status else _EVERY
    start: Item = {"ExclusiveStartKey": _start(cursor, key, value)} if cursor else {}
    with asking():
        found = table.client(
            "Query",
            TableName=table.name,
            ScanIndexForward=False,
            Limit=limit,
            **_where(index, key, value),
            **start,
        )
    rows = tuple(codec.record(Escalation, item) for item in found["Items"])
    more = bool(found.get("LastEvaluatedKey")) and bool(rows)
    return Page(items=rows, next_cursor=_cursor(rows[-1], value) if more else None)


def open_ids(table: Table) -> tuple[str, ...]:
    where = (_where("by_status", "status_key", status.value) for status in OPEN_STATUSES)
    return tuple(item["id"]["S"] for one in where for item in table.query(ProjectionExpression="id", **one))


def missed_rooms(table: Table, now: datetime) -> tuple[str, ...]:
    found = table.query(
        KeyConditionExpression="pk = :pk",
        FilterExpression="#until <= :now",
        ProjectionExpression="sk",
        ExpressionAttributeNames={"#until": "until"},
        ExpressionAttributeValues={":pk": {"S": keys.WATCH}, ":now": codec.encode(now)},
    )
    return tuple(item["sk"]["S"] for item in found)


_EVERY = ("by_created", "list_key", keys.EVERY)


def _where(index: str, key: str, value: str) -> dict[str, Any]:
    return {
        "IndexName": index,
        "KeyConditionExpression": f"{key} = :key",
        "ExpressionAttributeValues": {":key": {"S": value}},
    }


def _cursor(last: Escalation, value: str) -> str:
    place = json.dumps([value, last.id, codec.moment(last.created_at)])
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def _start(cursor: str, key: str, value: str) -> Item:
    """A cursor of this very list, or none at all."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        of, escalation_id, created_at = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, TypeError) as error:
        raise BadCursorError from error
    if of != value or not isinstance(escalation_id, str) or not isinstance(created_at, str):
        raise BadCursorError
    place = {"created_at": {"S": created_at}, key: {"S": value}}
    return {**keys.escalation(escalation_id), **place}
