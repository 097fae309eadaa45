"""Makes named API keys and knows them again: the key says its name, and only its digest is kept."""

import hashlib
import hmac
import re
import secrets
from datetime import datetime
from typing import Final

from lambda_api.auth.service_caller import ServiceCaller
from lambda_api.config.api_keys import NAME, ApiKey, ApiKeys
from lambda_api.errors.edge import ApiKeyNameTakenError, ScopeMissingError, TooManyApiKeysError
from lambda_api.escalations.errors import ConflictError

MOST: Final = 50
# 256 random bits: a digest of that needs no salt and no slow hash.
_KEY: Final = re.compile(rf"hk\.({NAME})\.[A-Za-z0-9_-]{{43}}")


def make(
    keys: ApiKeys, *, name: str, scopes: frozenset[str], by: ServiceCaller, now: datetime
) -> tuple[ApiKey, str]:
    """The key itself is here for the only time. Nobody gives away what they may not do themselves."""
    if beyond := sorted(scopes - by.scopes):
        raise ScopeMissingError(beyond[0])
    if len(keys.all()) >= MOST:
        raise TooManyApiKeysError(MOST)
    plain = f"hk.{name}.{secrets.token_urlsafe(32)}"
    made = ApiKey(name=name, digest=_digest(plain), scopes=tuple(sorted(scopes)), created_at=now)
    try:
        keys.add(made)
    except ConflictError as error:
        raise ApiKeyNameTakenError(name) from error
    return made, plain


def holder(keys: ApiKeys, presented: str) -> ServiceCaller | None:
    """What cannot be a key of ours is not looked up."""
    named = _KEY.fullmatch(presented)
    known = keys.find(named[1]) if named else None
    if known is None or not hmac.compare_digest(_digest(presented), known.digest):
        return None
    return ServiceCaller(name=f"key:{known.name}", scopes=frozenset(known.scopes))


def _digest(plain: str) -> str:
    return hashlib.sha256(plain.encode()).hexdigest()
