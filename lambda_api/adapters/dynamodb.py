"""The Store port on one DynamoDB table."""

from datetime import datetime

from msgspec import field

from lambda_api.adapters import dynamodb_codec as codec
from lambda_api.adapters import dynamodb_keys as keys
from lambda_api.adapters import dynamodb_listing as listing
from lambda_api.adapters.dynamodb_briefs import brief_item, brief_of
from lambda_api.adapters.dynamodb_commit import NEW, Commit, grant_item, idempotency_item, link_item, unpacked
from lambda_api.adapters.dynamodb_desk import DeskStore
from lambda_api.adapters.dynamodb_table import Item
from lambda_api.escalations.briefs import Brief
from lambda_api.escalations.models import Escalation, Status
from lambda_api.escalations.policy import Policy
from lambda_api.escalations.records import (
    Change,
    Grant,
    Idempotency,
    Link,
    OutboxItem,
    Page,
    Pointer,
    Words,
)


class DynamoStore(DeskStore, frozen=True, kw_only=True):
    policy: Policy = field(default_factory=Policy)

    def escalation(self, escalation_id: str) -> Escalation | None:
        return self._read(Escalation, keys.escalation(escalation_id))

    def pointer(self, room: str) -> Pointer | None:
        return self._read(Pointer, keys.pointer(room))

    def words(self, escalation_id: str, *, now: datetime) -> Words | None:
        item = self.table.get(keys.words(escalation_id))
        return unpacked(codec.unblob(item["packed"])) if item and not keys.has_expired(item, now) else None

    def brief(self, escalation_id: str, *, now: datetime) -> Brief | None:
        item = self.table.get(keys.brief(escalation_id))
        return brief_of(item) if item and not keys.has_expired(item, now) else None

    def put_brief(self, escalation_id: str, brief: Brief, *, until: datetime) -> None:
        self.table.put(brief_item(escalation_id, brief, until=until))

    def delete_brief(self, escalation_id: str) -> None:
        self.table.delete(keys.brief(escalation_id))

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

    def watch_room(self, room: str, *, now: datetime, until: datetime) -> bool:
        return self._take(keys.watch(room), now=now, until=until)

    def missed_rooms(self, *, now: datetime) -> tuple[str, ...]:
        return listing.missed_rooms(self.table, now)

    def unwatch_room(self, room: str) -> None:
        self.table.delete(keys.watch(room))

    def take_dispatch(self, room: str, *, now: datetime, until: datetime) -> bool:
        return self._take(keys.dispatch(room), now=now, until=until)

    def free_dispatch(self, room: str) -> None:
        self.table.delete(keys.dispatch(room))

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
            condition="not_before = :before",
            values={":before": codec.encode(item.not_before)},
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
