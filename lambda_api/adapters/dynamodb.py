"""The Store port on one DynamoDB table."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from lambda_api.adapters import dynamodb_codec as codec
from lambda_api.adapters import dynamodb_keys as keys
from lambda_api.adapters import dynamodb_listing as listing
from lambda_api.adapters.dynamodb_commit import NEW, Commit, grant_item, idempotency_item, link_item, unpacked
from lambda_api.adapters.dynamodb_table import Item, Table
from lambda_api.escalations.errors import ConflictError
from lambda_api.escalations.models import EmailStatus, Escalation, HumanAgent, Status
from lambda_api.escalations.policy import Policy
from lambda_api.escalations.records import (
    Change,
    Grant,
    Hook,
    Idempotency,
    Link,
    OutboxItem,
    Page,
    Pointer,
    Words,
)

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

T = TypeVar("T")
KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DynamoStore:
    client: DynamoDBClient
    table_name: str
    policy: Policy = field(default_factory=Policy)

    @property
    def table(self) -> Table:
        return Table(self.client, self.table_name)

    def escalation(self, escalation_id: str) -> Escalation | None:
        return self._read(Escalation, keys.escalation(escalation_id))

    def pointer(self, room: str) -> Pointer | None:
        return self._read(Pointer, keys.pointer(room))

    def words(self, escalation_id: str) -> Words | None:
        item = self.table.get(keys.words(escalation_id))
        return unpacked(item["packed"]["B"]) if item else None

    def commit(self, change: Change) -> None:
        Commit(table=self.table, policy=self.policy)(change)

    def idempotency(self, key: str) -> Idempotency | None:
        return self._read(Idempotency, keys.idempotency(key))

    def remember(self, record: Idempotency, *, now: datetime) -> None:
        put = idempotency_item(record, now)
        self.table.put(put.pop("item"), **put)

    def page(self, *, status: Status | None, limit: int, cursor: str | None) -> Page:
        return listing.page(self.table, status=status, limit=limit, cursor=cursor)

    def open_ids(self) -> tuple[str, ...]:
        return listing.open_ids(self.table)

    def take_chain(self, escalation_id: str, *, now: datetime, until: datetime) -> bool:
        return self._take(keys.chain(escalation_id), now=now, until=until)

    def take_dispatch(self, room: str, *, now: datetime, until: datetime) -> bool:
        return self._take(keys.dispatch(room), now=now, until=until)

    def free_dispatch(self, room: str) -> None:
        self.table.delete(keys.dispatch(room))

    def _take(self, key: Item, *, now: datetime, until: datetime) -> bool:
        """Something that one may have until then."""
        item = {"until": codec.encode(until), **keys.expiry(until + KEPT)}
        return self._won(
            {**key, **item},
            ConditionExpression="attribute_not_exists(pk) OR #until <= :now",
            ExpressionAttributeNames={"#until": "until"},
            ExpressionAttributeValues={":now": codec.encode(now)},
        )

    def outbox(self, escalation_id: str | None = None) -> tuple[OutboxItem, ...]:
        prefix = f"{escalation_id}:" if escalation_id else None
        return self._all(OutboxItem, keys.OUTBOX, prefix=prefix)

    def lease(self, item: OutboxItem, *, until: datetime) -> bool:
        leased = codec.item(item) | {
            "not_before": codec.encode(until),
            "attempts": codec.encode(item.attempts + 1),
        }
        return self._won(
            {**keys.outbox(item.id), **leased},
            ConditionExpression="not_before = :before",
            ExpressionAttributeValues={":before": codec.encode(item.not_before)},
        )

    def discard(self, item_ids: tuple[str, ...]) -> None:
        for item_id in item_ids:
            self.table.delete(keys.outbox(item_id))

    def link(self, code_hash: str) -> Link | None:
        return self._read(Link, keys.link(code_hash))

    def grant(self, room: str, identity: str) -> Grant | None:
        return self._read(Grant, keys.grant(room, identity))

    def grants(self, room: str) -> tuple[Grant, ...]:
        return self._all(Grant, f"ROOM#{room}", prefix=keys.SEAT)

    def add_seat(self, grant: Grant, link: Link) -> None:
        self.table.write([self.table.putting(grant_item(grant)), self.table.putting(link_item(link), **NEW)])

    def press(self, pressed: Grant, *, extra: Grant | None) -> None:
        unpressed: Item = {
            "ConditionExpression": "presses = :before",
            "ExpressionAttributeValues": {":before": codec.encode(pressed.presses - 1)},
        }
        second = [self.table.putting(grant_item(extra))] if extra else []
        self.table.write([self.table.putting(grant_item(pressed), **unpressed), *second])

    def add_link(self, link: Link) -> None:
        self.table.put(link_item(link))

    def hooks(self) -> tuple[Hook, ...]:
        return self._all(Hook, keys.HOOKS)

    def put_hook(self, hook: Hook) -> None:
        self.table.put({**keys.hook(hook.id), **codec.item(hook)})

    def delete_hook(self, hook_id: str) -> None:
        self.table.delete(keys.hook(hook_id))

    def people(self) -> tuple[HumanAgent, ...]:
        return self._all(HumanAgent, keys.HUMANS)

    def person(self, human_agent_id: str) -> HumanAgent | None:
        return self._read(HumanAgent, keys.human(human_agent_id))

    def put_person(self, person: HumanAgent) -> None:
        self.table.put({**keys.human(person.id), **codec.item(person)})

    def confirm_person(self, human_agent_id: str, subscription: str) -> None:
        """Not if they were deleted or subscribed anew in the meantime."""
        try:
            self.table.update(
                keys.human(human_agent_id),
                UpdateExpression="SET email_status = :confirmed",
                ConditionExpression="subscription = :subscription",
                ExpressionAttributeValues={
                    ":confirmed": codec.encode(EmailStatus.CONFIRMED),
                    ":subscription": codec.encode(subscription),
                },
            )
        except ConflictError:
            return

    def delete_person(self, human_agent_id: str) -> None:
        self.table.delete(keys.human(human_agent_id))

    def _read(self, kind: type[T], key: Item) -> T | None:
        item = self.table.get(key)
        return codec.record(kind, item) if item else None

    def _all(self, kind: type[T], pk: str, *, prefix: str | None = None) -> tuple[T, ...]:
        condition = "pk = :pk AND begins_with(sk, :sk)" if prefix else "pk = :pk"
        values: Item = {":pk": {"S": pk}} | ({":sk": {"S": prefix}} if prefix else {})
        items = self.table.query(KeyConditionExpression=condition, ExpressionAttributeValues=values)
        return tuple(codec.record(kind, item) for item in items)

    def _won(self, item: Item, **condition: Any) -> bool:
        try:
            self.table.put(item, **condition)
        except ConflictError:
            return False
        return True
