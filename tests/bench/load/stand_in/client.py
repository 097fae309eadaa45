"""What the store asks of DynamoDB, answered in this process by a table."""

from __future__ import annotations

from typing import Any

from lambda_api.aws.errors import AwsError
from tests.bench.load.stand_in.table import MemoryTable, RefusedError


class InProcess:
    def __init__(self, table: MemoryTable) -> None:
        self._table = table

    def __call__(self, operation: str, /, **given: Any) -> dict[str, Any]:
        try:
            return self._table.asked(operation, given)
        except RefusedError as refused:
            reasons = tuple(one["Code"] for one in refused.reasons or ())
            raise AwsError(refused.code, reasons) from refused
