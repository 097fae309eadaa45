"""What all clients share: where AWS is, who asks, and whoever wants to hear what is asked."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from msgspec import Struct, field

from lambda_api.aws.credentials import Purse

Heard = Callable[[str, str, Mapping[str, Any]], None]


class Session(Struct, frozen=True, kw_only=True):
    environment: Mapping[str, str]
    purse: Purse
    heard: list[Heard] = field(default_factory=list)

    @property
    def region(self) -> str:
        """As Lambda tells it; raises KeyError where nobody does."""
        return self.environment.get("AWS_REGION") or self.environment["AWS_DEFAULT_REGION"]

    def endpoint(self, service: str) -> str:
        given = self.environment.get("AWS_ENDPOINT_URL")
        return given or f"https://{service}.{self.region}.amazonaws.com"


def session_of(environment: Mapping[str, str]) -> Session:
    return Session(environment=environment, purse=Purse(environment, now=now))


@cache
def session() -> Session:
    return session_of(os.environ)


def now() -> datetime:
    return datetime.now(UTC)
