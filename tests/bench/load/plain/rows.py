"""The plain app's rows: read, changed under the version that was read, with what is written beside them."""

import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from botocore.exceptions import ClientError
from fastapi import HTTPException

from tests.bench.load.plain.schemas import Row
from tests.bench.load.plain.surroundings import dynamodb, now, table

NEW = {"ConditionExpression": "attribute_not_exists(pk)"}
_KNOWN_FOR_S = 5
_known: Row = {"until": 0.0, "hooks": []}
_REFUSED = ("ConditionalCheckFailedException", "TransactionCanceledException")


def key(kind: str, name: str, sort: str) -> Row:
    return {"pk": f"{kind}#{name}", "sk": sort}


def get(kind: str, name: str, sort: str) -> Row | None:
    found: Row | None = table.get_item(Key=key(kind, name, sort), ConsistentRead=True).get("Item")
    return found


def person_of(person_id: str) -> Row | None:
    found: Row | None = table.get_item(Key={"pk": "HUMAN", "sk": person_id}, ConsistentRead=True).get("Item")
    return found


def partition(pk: str) -> list[Row]:
    found: list[Row] = table.query(
        KeyConditionExpression="pk = :pk", ExpressionAttributeValues={":pk": pk}, ConsistentRead=True
    )["Items"]
    return found


def put(item: Row, **condition: Any) -> Row:
    return {"Put": {"TableName": table.name, "Item": item, **condition}}


def delete(item_key: Row) -> Row:
    return {"Delete": {"TableName": table.name, "Key": item_key}}


def write(actions: list[Row]) -> bool:
    """All of them or none."""
    try:
        dynamodb.transact_write_items(TransactItems=actions)
    except ClientError as error:
        if error.response["Error"]["Code"] not in _REFUSED:
            raise
        return False
    return True


def put_if(item: Row, **condition: Any) -> bool:
    try:
        table.put_item(Item=item, **condition)
    except ClientError as error:
        if error.response["Error"]["Code"] not in _REFUSED:
            raise
        return False
    return True


def entry(actor: str, change: str, cause: str, reason: str = "") -> Row:
    return {"at": now().isoformat(), "actor": actor, "change": change, "cause": cause, "reason": reason}


def hooks_of(row: Row) -> list[Row]:
    """What other systems are to be told of the change, one item for each that wants it."""
    change = row["timeline"][-1]["change"]
    wanted = [one for one in _hooks() if not one["events"] or change in one["events"]]
    return [
        put({**key("OUTBOX", row["id"], f"hook#{row['version']}#{one['sk']}"), "body": json.dumps(row)})
        for one in wanted
    ]


def _hooks() -> list[Row]:
    """As they were seconds ago."""
    if time.monotonic() >= _known["until"]:
        _known["until"], _known["hooks"] = time.monotonic() + _KNOWN_FOR_S, partition("HOOK")
    hooks: list[Row] = _known["hooks"]
    return hooks


def change(row: Row, decide: Callable[[Row], list[Row] | None]) -> tuple[Row, bool]:
    """`decide` alters the row and gives what is written beside it, or None; read again if it was too late."""
    for _ in range(5):
        beside = decide(row)
        if beside is None:
            return row, False
        if _written(row, beside):
            return row, True
        row = row_of(str(row["id"]))
    raise HTTPException(503, "Too many are at it.")


def row_of(escalation_id: str) -> Row:
    row = get("ESC", escalation_id, "META")
    if row is None:
        raise HTTPException(404, "There is no such escalation.")
    return row


def _written(row: Row, beside: list[Row]) -> bool:
    before, row["version"] = row["version"], row["version"] + 1
    row["status_key"] = row["status"]
    condition: Row = {
        "ConditionExpression": "version = :version",
        "ExpressionAttributeValues": {":version": before},
    }
    actions = [*beside, *hooks_of(row)]
    return write([put(row, **condition), *actions]) if actions else put_if(row, **condition)


def take_sms(most: int) -> bool:
    at = now()
    try:
        table.update_item(
            Key=key("SMS", f"{at:%Y-%m-%dT%H}", "SMS"),
            UpdateExpression="ADD taken :one SET expires_at = if_not_exists(expires_at, :expiry)",
            ConditionExpression="attribute_not_exists(taken) OR taken < :most",
            ExpressionAttributeValues={
                ":one": 1,
                ":most": most,
                ":expiry": int((at + timedelta(hours=2)).timestamp()),
            },
        )
    except ClientError as error:
        if error.response["Error"]["Code"] not in _REFUSED:
            raise
        return False
    return True
