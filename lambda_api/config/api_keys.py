"""A key that an operator has made for another system: its name, its digest, what it opens; never the key."""

from datetime import datetime
from typing import Final, Protocol

from msgspec import Struct

NAME: Final = r"[a-z0-9][a-z0-9-]{0,31}"


class ApiKey(Struct, frozen=True, kw_only=True):
    name: str
    digest: str
    scopes: tuple[str, ...]
    created_at: datetime


class ApiKeys(Protocol):
    """Where they are kept; reads are consistent, so that one that was revoked opens nothing any more."""

    def all(self) -> tuple[ApiKey, ...]: ...
    def find(self, name: str) -> ApiKey | None: ...
    def add(self, key: ApiKey) -> None: ...  # ConflictError when the name is taken
    def revoke(self, name: str) -> None: ...
