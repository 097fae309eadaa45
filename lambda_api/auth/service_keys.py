"""Knows named callers by their key, this version or the last, and what each may do."""

import hashlib
import hmac
from collections.abc import Callable, Sequence

from lambda_api.auth.service_caller import ServiceCaller
from lambda_api.config.secrets import Secrets
from lambda_api.config.settings import ServiceKey
from lambda_api.errors.edge import ScopeMissingError, UnauthenticatedError

_SHORTEST_KEY = 32

Holder = Callable[[str], ServiceCaller | None]


def authorize(
    authorization: str | None, *, scope: str, keys: Sequence[ServiceKey], secrets: Secrets, made: Holder
) -> ServiceCaller:
    """`made` knows the keys that were made while the API runs; the others come with its deployment."""
    plain = _bearer(authorization)
    caller = made(plain) or authenticate(plain, keys=keys, secrets=secrets)
    if scope not in caller.scopes:
        raise ScopeMissingError(scope)
    return caller


def authenticate(plain: str, *, keys: Sequence[ServiceKey], secrets: Secrets) -> ServiceCaller:
    presented = hashlib.sha256(plain.encode(errors="surrogatepass")).digest()
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


def _bearer(authorization: str | None) -> str:
    scheme, _, key = (authorization or "").partition(" ")
    if scheme.lower() != "bearer":
        raise UnauthenticatedError
    return key.strip()


def _same(presented: bytes, secret: str | None) -> bool:
    secret = (secret or "").strip()
    known = hashlib.sha256(secret.encode()).digest()
    return hmac.compare_digest(presented, known) and len(secret) >= _SHORTEST_KEY
