"""The desk's part of the Store port: codes of one use, sessions, who is away, and outlines of many rows."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from lambda_api.adapters import dynamodb_codec as codec
from lambda_api.adapters import dynamodb_keys as keys
from lambda_api.adapters.dynamodb_people import PeopleStore
from lambda_api.adapters.dynamodb_table import Item
from lambda_api.escalations.desk_records import Session, SignInCode, SignIns
from lambda_api.escalations.errors import ConflictError
from lambda_api.escalations.models import OPEN_STATUSES
from lambda_api.escalations.outlines import Outline
from lambda_api.escalations.records import OutboxItem

_SESSION: Final = timedelta(days=1)  # no session lives longer
_NAMES: Final = {f"#{name}": name for name in Outline.__struct_fields__}
_THERE: Final = "attribute_exists(pk)"


class DeskStore(PeopleStore, frozen=True, kw_only=True):
    def sign_ins(self, who: str) -> SignIns | None:
        return self._read(SignIns, keys.sign_ins(who))

    def ask_sign_in(
        self, asked: SignIns, *, before: SignIns | None, code: SignInCode, outbox: tuple[OutboxItem, ...]
    ) -> None:
        until = keys.expiry(code.valid_until)
        counted = {**keys.sign_ins(asked.who), **codec.item(asked), **until}
        kept = {**keys.sign_in_code(code.code_hash), **codec.item(code), **until}
        messages = ({**keys.outbox(one.id), **codec.item(one)} for one in outbox)
        self.table.write(
            [
                self.table.putting(counted, **_unchanged(before)),
                self.table.putting(kept),
                *(self.table.putting(one) for one in messages),
            ]
        )

    def sign_in_code(self, code_hash: str) -> SignInCode | None:
        return self._read(SignInCode, keys.sign_in_code(code_hash))

    def begin_session(self, session: Session, *, code_hash: str) -> None:
        until = keys.expiry(session.started_at + _SESSION)
        item = {**keys.session(session.cookie_hash), **codec.item(session), **until}
        used = self.table.deleting(keys.sign_in_code(code_hash), ConditionExpression=_THERE)
        self.table.write([used, self.table.putting(item)])

    def session(self, cookie_hash: str) -> Session | None:
        return self._read(Session, keys.session(cookie_hash))

    def touch_session(self, cookie_hash: str, *, at: datetime) -> None:
        values = {":at": codec.encode(at)}
        self._change(keys.session(cookie_hash), "SET acted_at = :at", ExpressionAttributeValues=values)

    def end_session(self, cookie_hash: str) -> None:
        self.table.delete(keys.session(cookie_hash))

    def set_away(self, human_agent_id: str, since: datetime | None) -> None:
        key = keys.human(human_agent_id)
        if since is None:
            self._change(key, "REMOVE away_since")
        else:
            values = {":since": codec.encode(since)}
            self._change(key, "SET away_since = :since", ExpressionAttributeValues=values)

    def open_outlines(self) -> tuple[Outline, ...]:
        return tuple(one for status in OPEN_STATUSES for one in self._outlines("status", status.value))

    def outlines_since(self, start: datetime) -> tuple[Outline, ...]:
        return tuple(self._outlines("created", keys.EVERY, since=start))

    def _outlines(self, index: str, value: str, *, since: datetime | None = None) -> Iterator[Outline]:
        key = {"status": "status_key", "created": "list_key"}[index]
        later = " AND #created_at >= :since" if since else ""
        values: Item = {":key": {"S": value}} | ({":since": codec.encode(since)} if since else {})
        items = self.table.query(
            IndexName=f"by_{index}",
            KeyConditionExpression=f"{key} = :key{later}",
            ProjectionExpression=", ".join(_NAMES),
            ExpressionAttributeNames=_NAMES,
            ExpressionAttributeValues=values,
        )
        return (codec.record(Outline, item) for item in items)

    def _change(self, key: Item, expression: str, **more: Any) -> None:
        """Of what is there; what has gone in the meantime stays gone."""
        try:
            self.table.update(key, UpdateExpression=expression, ConditionExpression=_THERE, **more)
        except ConflictError:
            return


def _unchanged(before: SignIns | None) -> Item:
    if before is None:
        return {"ConditionExpression": "attribute_not_exists(pk)"}
    return {
        "ConditionExpression": "times = :before",
        "ExpressionAttributeValues": {":before": codec.encode(before.times)},
    }
