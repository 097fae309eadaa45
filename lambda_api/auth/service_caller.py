"""Who calls the API."""

from msgspec import Struct


class ServiceCaller(Struct, frozen=True, kw_only=True):
    """A caller who has shown their key."""

    name: str
    scopes: frozenset[str]
