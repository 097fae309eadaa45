"""What the store asks of botocore's client, answered in this process by a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError

from tests.bench.load.stand_in.table import MemoryTable, RefusedError


class InProcess:
    def __init__(self, table: MemoryTable) -> None:
        self._table = table

    def __getattr__(self, operation: str) -> Callable[..., dict[str, Any]]:
        ask: Callable[[Mapping[str, Any]], dict[str, Any]] = getattr(self._table, operation)

        def asked(**request: Any) -> dict[str, Any]:
            try:
                return ask(request)
            except RefusedError as refused:
                told: Any = {"Error": {"Code": refused.code}, "CancellationReasons": refused.reasons or []}
                raise ClientError(told, operation) from refused

        return asked

    def get_paginator(self, _operation: str) -> InProcess:
        return self

    def paginate(self, **request: Any) -> Iterator[dict[str, Any]]:
        yield self._table.query(request)
