"""The half of the Store port that an admin fills: the roster, and other systems' webhooks."""

from dataclasses import dataclass

from lambda_api.adapters import dynamodb_codec as codec
from lambda_api.adapters import dynamodb_keys as keys
from lambda_api.adapters.dynamodb_records import Records
from lambda_api.escalations.errors import ConflictError
from lambda_api.escalations.models import EmailStatus, HumanAgent
from lambda_api.escalations.records import Hook


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleStore(Records):
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

    def hooks(self) -> tuple[Hook, ...]:
        return self._all(Hook, keys.HOOKS)

    def put_hook(self, hook: Hook) -> None:
        self.table.put({**keys.hook(hook.id), **codec.item(hook)})

    def delete_hook(self, hook_id: str) -> None:
        self.table.delete(keys.hook(hook_id))
