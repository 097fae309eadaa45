"""Knows named callers by their key, this version or the last, and what each may do."""

import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lambda_api.config.secrets import Secrets
from lambda_api.config.settings import ServiceKey
from lambda_api.errors.edge import ScopeMissingError, UnauthenticatedError

_SHORTEST_KEY = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCaller:
    """A caller who has shown their key."""

    name: str
    scopes: frozenset[str]


def authorize(
    authorization: str | None, *, scope: str, keys: Sequence[ServiceKey], secrets: Secrets
) -> ServiceCaller:
    caller = authenticate(authorization, keys=keys, secrets=secrets)
    if scope not in caller.scopes:
        raise ScopeMissingError(scope)
    return caller


def authenticate(authorization: str | None, *, keys: Sequence[ServiceKey], secrets: Secrets) -> ServiceCaller:
    presented = _bearer(authorization)
    caller = _find(presented, keys, secrets.current) or _find(presented, keys, secrets.previous)
    if caller is None and _forget(keys, secrets):
        caller = _find(presented, keys, secrets.current)
    if caller is None:
        raise UnauthenticatedError
    return caller


def _find(
    presented: bytes, keys: Sequence[ServiceKey], read: Callable[[str], str | None]
) -> ServiceCaller | None:
    # Every key is compared, so that the time tells nobody which one was close.
    found = [key for key in keys if _same(presented, read(key.secret_arn))]
    return ServiceCaller(name=found[0].name, scopes=found[0].scopes) if found else None


def _forget(keys: Sequence[ServiceKey], secrets: Secrets) -> bool:
    forgotten = [secrets.forget(key.secret_arn) for key in keys]
    return any(forgotten)


def _bearer(authorization: str | None) -> bytes:
    scheme, _, key = (authorization or "").partition(" ")
    if scheme.lower() != "bearer":
        raise UnauthenticatedError
    return hashlib.sha256(key.strip().encode(errors="surrogatepass")).digest()


def _same(presented: bytes, secret: str | None) -> bool:
    secret = (secret or "").strip()
    known = hashlib.sha256(secret.encode()).digest()
    return hmac.compare_digest(presented, known) and len(secret) >= _SHORTEST_KEY
