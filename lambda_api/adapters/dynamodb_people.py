"""The half of the Store port about people: the roster, their hour's SMS, and other systems' webhooks."""

from datetime import datetime, timedelta
from typing import Final

from msgspec import field

from lambda_api.adapters import dynamodb_codec as codec
from lambda_api.adapters import dynamodb_keys as keys
from lambda_api.adapters.dynamodb_records import Records
from lambda_api.adapters.lately import Lately
from lambda_api.escalations.errors import ConflictError
from lambda_api.escalations.models import EmailStatus, HumanAgent, LastTest
from lambda_api.escalations.records import Hook

_TWO_HOURS: Final = timedelta(hours=2)


class PeopleStore(Records, frozen=True, kw_only=True):
    known_hooks: Lately[tuple[Hook, ...]] = field(default_factory=Lately)

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

    def note_test(self, human_agent_id: str, tested: LastTest, *, reached: bool) -> None:
        """Not if they were deleted in the meantime; everything else about them stays as it is."""
        values = {":tested": tested} | ({":at": tested.at} if reached else {})
        try:
            self.table.update(
                keys.human(human_agent_id),
                UpdateExpression="SET tested = :tested" + (", reached_at = :at" if reached else ""),
                ConditionExpression="attribute_exists(pk)",
                ExpressionAttributeValues={name: codec.encode(value) for name, value in values.items()},
            )
        except ConflictError:
            return

    def take_sms(self, at: datetime, *, most: int) -> bool:
        try:
            self.table.update(
                keys.sms(f"{at:%Y-%m-%dT%H}"),
                UpdateExpression="ADD taken :one SET expires_at = if_not_exists(expires_at, :expiry)",
                ConditionExpression="attribute_not_exists(taken) OR taken < :most",
                ExpressionAttributeValues={
                    ":one": codec.encode(1),
                    ":most": codec.encode(most),
                    ":expiry": keys.expiry(at + _TWO_HOURS)["expires_at"],
                },
            )
        except ConflictError:
            return False
        return True

    def delete_person(self, human_agent_id: str) -> None:
        self.table.delete(keys.human(human_agent_id))

    def hooks(self, *, lately: bool = False) -> tuple[Hook, ...]:
        return self.known_hooks.read(self._hooks, lately=lately)

    def put_hook(self, hook: Hook) -> None:
        self.table.put({**keys.hook(hook.id), **codec.item(hook)})
        self.known_hooks.forget()

    def delete_hook(self, hook_id: str) -> None:
        self.table.delete(keys.hook(hook_id))
        self.known_hooks.forget()

    def _hooks(self) -> tuple[Hook, ...]:
        return self._all(Hook, keys.HOOKS)
