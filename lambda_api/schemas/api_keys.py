"""API keys on the wire: the key itself is in one answer only, when it is made."""

from typing import Annotated, Self

from pydantic import Field

from lambda_api.config.api_keys import NAME, ApiKey
from lambda_api.config.settings import Scope
from lambda_api.schemas.fields import Answer, Strict, TimeOut

KeyName = Annotated[str, Field(pattern=rf"^{NAME}$", examples=["crm"])]


class ApiKeyIn(Strict):
    """A new key for another system."""

    name: KeyName
    scopes: Annotated[frozenset[Scope], Field(min_length=1)]


class ApiKeyOut(Answer):
    """A key without the key."""

    name: str
    scopes: list[str]
    created_at: TimeOut

    @classmethod
    def of(cls, key: ApiKey) -> Self:
        return cls(name=key.name, scopes=list(key.scopes), created_at=key.created_at)


class MadeApiKeyOut(ApiKeyOut):
    """A key with the key: it is shown this once."""

    key: str


class ApiKeyList(Answer):
    """Every key there is."""

    items: list[ApiKeyOut]
