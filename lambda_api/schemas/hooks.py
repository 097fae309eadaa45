"""Other systems' webhooks on the wire."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, WithJsonSchema

from lambda_api.escalations.hooks import StoredHook
from lambda_api.escalations.offering import EVENTS
from lambda_api.escalations.records import Hook
from lambda_api.schemas.fields import Answer, Line, Strict, TimeOut


def _offered(event: str) -> str:
    if event not in EVENTS:
        raise ValueError("is no change that is ever offered")
    return event


Event = Annotated[
    str, AfterValidator(_offered), WithJsonSchema({"type": "string", "enum": [*EVENTS]}, mode="validation")
]


class HookIn(Strict):
    """Where to offer changes, and which; no events means every one."""

    url: Annotated[Line, Field(min_length=1, max_length=2048, examples=["https://crm.example/handoff"])]
    events: Annotated[tuple[Event, ...], Field(max_length=30)] = ()


class HookOut(Answer):
    """A webhook, without its secret."""

    id: str
    url: str
    events: list[str]
    created_at: TimeOut

    @classmethod
    def of(cls, hook: Hook) -> Self:
        return cls(id=hook.id, url=hook.url, events=list(hook.events), created_at=hook.created_at)


class StoredHookOut(HookOut):
    """A webhook as it was stored; its secret is shown when it is new, and never again."""

    secret: str | None = None

    @classmethod
    def stored(cls, stored: StoredHook) -> Self:
        secret = stored.hook.secret if stored.created else None
        return cls.of(stored.hook).model_copy(update={"secret": secret})


class HookList(Answer):
    """Every webhook."""

    items: list[HookOut]
