"""Operators' API keys in the one table."""

from lambda_api.adapters import dynamodb_codec as codec
from lambda_api.adapters import dynamodb_keys as keys
from lambda_api.adapters.dynamodb_records import Records
from lambda_api.config.api_keys import ApiKey


class DynamoApiKeys(Records, frozen=True, kw_only=True):
    def all(self) -> tuple[ApiKey, ...]:
        return self._all(ApiKey, keys.API_KEYS)

    def find(self, name: str) -> ApiKey | None:
        return self._read(ApiKey, keys.api_key(name))

    def add(self, key: ApiKey) -> None:
        item = {**keys.api_key(key.name), **codec.item(key)}
        self.table.put(item, ConditionExpression="attribute_not_exists(pk)")

    def revoke(self, name: str) -> None:
        self.table.delete(keys.api_key(name))
