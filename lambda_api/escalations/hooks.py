"""Other systems' addresses that every change is offered to; an admin sets and deletes them."""

import secrets
from typing import Final
from urllib.parse import SplitResult, urlsplit

from msgspec import Struct

from lambda_api.escalations.errors import BadHookUrlError, TooManyHooksError, UnknownHookError
from lambda_api.escalations.policy import Policy
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Hook

_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


class StoredHook(Struct, frozen=True, kw_only=True):
    """The hook's secret is to be shown when it was created, and never again."""

    hook: Hook
    created: bool


def put(ports: Ports, hook_id: str, *, url: str, events: tuple[str, ...] = ()) -> StoredHook:
    """Raise BadHookUrlError or TooManyHooksError; an existing one keeps its secret."""
    _check(url, ports.policy)
    known = {one.id: one for one in ports.store.hooks()}
    before = known.get(hook_id)
    if before is None and len(known) >= ports.policy.hooks:
        raise TooManyHooksError
    hook = Hook(
        id=hook_id,
        url=url,
        secret=before.secret if before else f"whsec_{secrets.token_urlsafe(32)}",
        created_at=before.created_at if before else ports.clock(),
        events=events,
    )
    ports.store.put_hook(hook)
    return StoredHook(hook=hook, created=before is None)


def list_(ports: Ports) -> tuple[Hook, ...]:
    return ports.store.hooks()


def get(ports: Ports, hook_id: str) -> Hook:
    for one in ports.store.hooks():
        if one.id == hook_id:
            return one
    raise UnknownHookError


def delete(ports: Ports, hook_id: str) -> None:
    """Idempotent; what waits for it is thrown away."""
    ports.store.delete_hook(hook_id)


def _check(url: str, policy: Policy) -> None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BadHookUrlError from error
    if port == 0 or not parts.hostname or not _is_plain(url, parts) or not _is_safe(parts, policy):
        raise BadHookUrlError


def _is_plain(url: str, parts: SplitResult) -> bool:
    """Nothing that a log or a proxy could read differently from us."""
    readable = url.isascii() and url.isprintable() and " " not in url
    return readable and not parts.fragment and "@" not in parts.netloc


def _is_safe(parts: SplitResult, policy: Policy) -> bool:
    return parts.scheme == "https" or (
        parts.scheme == "http" and policy.loopback_hooks and parts.hostname in _LOOPBACK
    )
