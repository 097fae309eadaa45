"""One change of a row as one transaction: the row, and everything that must not exist without it."""

import json
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct, field

from lambda_api.adapters import dynamodb_codec as codec
from lambda_api.adapters import dynamodb_keys as keys
from lambda_api.adapters.dynamodb_records import taken
from lambda_api.adapters.dynamodb_table import Item, LostError, Table
from lambda_api.escalations.errors import DuplicateEventError
from lambda_api.escalations.models import Escalation
from lambda_api.escalations.policy import Policy
from lambda_api.escalations.records import Change, Grant, Idempotency, Link, Pointer, Wish, Words

NEW: Item = {"ConditionExpression": "attribute_not_exists(pk)"}
KEPT_WITH_ITS_ROW = timedelta(days=1)  # links and seats answer why they no longer work, for a while


class Commit(Struct, frozen=True, kw_only=True):
    table: Table
    policy: Policy = field(default_factory=Policy)

    def __call__(self, change: Change) -> None:
        actions = [*self._actions(change)]
        if len(actions) == 1:
            (only,) = actions
            self.table.put(only["Put"]["Item"], **_condition(only["Put"]))
            return
        try:
            self.table.write(actions)
        except LostError as lost:
            event = self._place_of_event(change, actions)
            raise (DuplicateEventError() if event in lost.places else lost) from lost

    def _actions(self, change: Change) -> Iterator[Item]:
        at = change.escalation.timeline[-1].at
        yield self._row(change)
        if change.expected is None:
            yield self._pointer(change, at)
        if change.event_id:
            yield self._event(change.event_id, at)
        yield from self._beside(change, at)

    def _row(self, change: Change) -> Item:
        item = escalation_item(change.escalation)
        if change.expected is None:
            return self.table.putting(item, **NEW)
        return self.table.putting(
            item,
            ConditionExpression="version = :version",
            ExpressionAttributeValues={":version": {"N": str(change.expected)}},
        )

    def _pointer(self, change: Change, at: datetime) -> Item:
        """Moved only from the escalation that was seen to have ended, so a room never has two open ones."""
        row = change.escalation
        told = Pointer(room=row.room, escalation_id=row.id, epoch=row.epoch)
        until = keys.expiry(at + timedelta(seconds=self.policy.words_seconds))
        item = {**keys.pointer(row.room), **codec.item(told), **until}
        if not change.replaces:
            return self.table.putting(item, **NEW)
        return self.table.putting(
            item,
            ConditionExpression="attribute_not_exists(pk) OR escalation_id = :before",
            ExpressionAttributeValues={":before": {"S": change.replaces}},
        )

    def _event(self, event_id: str, at: datetime) -> Item:
        until = keys.expiry(at + timedelta(seconds=self.policy.event_seconds))
        return self.table.putting({**keys.event(event_id), **until}, **NEW)

    def _beside(self, change: Change, at: datetime) -> Iterator[Item]:
        if change.idempotency:
            yield self.table.putting(**idempotency_item(change.idempotency, at))
        if change.words is not None:
            yield from self._words(change.escalation.id, change.words, at)
        yield from (self.table.putting(link_item(one)) for one in change.links)
        yield from (self.table.putting({**keys.outbox(one.id), **codec.item(one)}) for one in change.outbox)
        yield from (self.table.deleting(keys.outbox(one)) for one in change.sent)
        if change.leaves_caller:
            yield self.table.putting(taken(keys.watch(change.escalation.room), at))

    def _words(self, escalation_id: str, words: Words, at: datetime) -> Iterator[Item]:
        if words == Words():
            yield self.table.deleting(keys.words(escalation_id))
            yield self.table.deleting(keys.brief(escalation_id))
            return
        until = keys.expiry(at + timedelta(seconds=self.policy.words_seconds))
        yield self.table.putting({**keys.words(escalation_id), "packed": codec.blob(packed(words)), **until})

    def _place_of_event(self, change: Change, actions: list[Item]) -> int:
        key = keys.event(change.event_id)["pk"]
        items = (action["Put"]["Item"] if "Put" in action else {} for action in actions)
        return next((place for place, item in enumerate(items) if item.get("pk") == key), -1)


def escalation_item(row: Escalation) -> Item:
    index = {"status_key": {"S": row.status.value}, "list_key": {"S": keys.EVERY}}
    return {**keys.escalation(row.id), **codec.item(row), **index}


def link_item(link: Link) -> Item:
    until = keys.expiry(link.valid_until + KEPT_WITH_ITS_ROW)
    return {**keys.link(link.code_hash), **codec.item(link), **until}


def grant_item(grant: Grant) -> Item:
    until = keys.expiry(grant.valid_until + KEPT_WITH_ITS_ROW)
    return {**keys.grant(grant.room, grant.identity), **codec.item(grant), **until}


def idempotency_item(record: Idempotency, at: datetime) -> dict[str, Any]:
    """A record may be written where there is none, or where an old one has had its time."""
    item = {**keys.idempotency(record.key), **codec.item(record), **keys.expiry(record.valid_until)}
    return {
        "item": item,
        "ConditionExpression": "attribute_not_exists(pk) OR valid_until <= :now",
        "ExpressionAttributeValues": {":now": {"S": codec.moment(at)}},
    }


def packed(words: Words) -> bytes:
    """Compressed, because what was said may be long and an item has an end."""
    return zlib.compress(msgspec.json.encode(words))


def unpacked(data: bytes) -> Words:
    """What was stored before a part of it was known has that part empty."""
    said = json.loads(zlib.decompress(data))
    turns = tuple((role, text) for role, text in said.pop("transcript"))
    wish = said.pop("wish", None)
    return Words(transcript=turns, wish=Wish(**wish) if wish else None, **said)


def _condition(put: Item) -> Item:
    return {name: value for name, value in put.items() if name not in ("Item", "TableName")}
