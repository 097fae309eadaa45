"""Who calls the API."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCaller:
    """A caller who has shown their key."""

    name: str
    scopes: frozenset[str]
