"""Other systems' webhooks on the wire."""

from typing import Annotated, Self

from pydantic import Field

from lambda_api.escalations.hooks import StoredHook
from lambda_api.escalations.records import Hook
from lambda_api.schemas.fields import Answer, Line, Strict, TimeOut

Event = Annotated[str, Field(pattern=r"^escalation\.[a-z_]{1,40}$", examples=["escalation.completed"])]


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
