"""What the domain needs from outside, as protocols, and the frozen bundle that every use case takes first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from lambda_api.escalations.errors import UnavailableError
from lambda_api.escalations.models import Escalation, HumanAgent, Status
from lambda_api.escalations.policy import Policy
from lambda_api.escalations.records import (
    Change,
    Grant,
    Hook,
    Idempotency,
    Link,
    OutboxItem,
    Page,
    Pointer,
    Words,
)
from lambda_api.escalations.rooms import Participant


class Store(Protocol):
    """Keeps everything; reads by key are consistent. Raises UnavailableError when it cannot answer."""

    def escalation(self, escalation_id: str) -> Escalation | None: ...
    def pointer(self, room: str) -> Pointer | None: ...
    def words(self, escalation_id: str, *, now: datetime) -> Words | None: ...  # none after their time
    def commit(self, change: Change) -> None: ...  # all or nothing; ConflictError, DuplicateEventError
    def idempotency(self, key: str) -> Idempotency | None: ...
    def remember(self, record: Idempotency, *, now: datetime) -> None: ...  # ConflictError when there is one
    def page(self, *, status: Status | None, limit: int, cursor: str | None) -> Page: ...
    def open_ids(self) -> tuple[str, ...]: ...
    def take_chain(self, escalation_id: str, *, now: datetime, until: datetime) -> bool: ...

    def take_dispatch(self, room: str, *, now: datetime, until: datetime) -> bool: ...
    def free_dispatch(self, room: str) -> None: ...

    def outbox(self, escalation_id: str | None = None) -> tuple[OutboxItem, ...]: ...
    def lease(self, item: OutboxItem, *, until: datetime) -> bool: ...
    def discard(self, item_ids: tuple[str, ...]) -> None: ...

    def link(self, code_hash: str) -> Link | None: ...
    def grant(self, room: str, identity: str) -> Grant | None: ...
    def grants(self, room: str) -> tuple[Grant, ...]: ...
    def add_seat(self, grant: Grant, link: Link) -> None: ...
    def press(self, pressed: Grant, *, extra: Grant | None) -> None: ...  # ConflictError

    def add_link(self, link: Link) -> None: ...

    def hooks(self) -> tuple[Hook, ...]: ...
    def put_hook(self, hook: Hook) -> None: ...
    def delete_hook(self, hook_id: str) -> None: ...

    def people(self) -> tuple[HumanAgent, ...]: ...
    def person(self, human_agent_id: str) -> HumanAgent | None: ...
    def put_person(self, person: HumanAgent) -> None: ...
    def confirm_person(self, human_agent_id: str, subscription: str) -> None: ...  # if it still has that one
    def delete_person(self, human_agent_id: str) -> None: ...


class Notifier(Protocol):
    """Sends; raises UnavailableError when the provider did not take it."""

    def sms(self, *, phone: str, text: str) -> None: ...
    def email(self, *, human_agent_id: str, subject: str, text: str) -> None: ...
    def subscribe(self, *, human_agent_id: str, email: str) -> str: ...
    def unsubscribe(self, subscription: str) -> None: ...
    def is_confirmed(self, subscription: str) -> bool: ...


class Timers(Protocol):
    def look_later(self, escalation_id: str, *, delay_s: int, chain: bool) -> None: ...


class Rooms(Protocol):
    """LiveKit's server; every call may raise UnavailableError; what is already gone is success."""

    def participants(self, room: str) -> tuple[Participant, ...] | None: ...  # none = there is no such room
    def nudge(self, room: str, payload: Mapping[str, object]) -> None: ...
    def remove(self, room: str, identity: str) -> None: ...
    def dismiss_agent(self, room: str) -> None: ...
    def dispatch_agent(self, room: str, metadata: Mapping[str, object]) -> None: ...


class Hooks(Protocol):
    def post(self, url: str, *, body: bytes, headers: Mapping[str, str]) -> None:
        """Raise UnavailableError unless the other system took it."""
        ...


class NoHooks:
    """Where no way out is wired: everything waits and is given up in the end."""

    def post(self, url: str, *, body: bytes, headers: Mapping[str, str]) -> None:
        del url, body, headers
        raise UnavailableError("webhook")


class Clock(Protocol):
    def __call__(self) -> datetime: ...


class Codes(Protocol):
    """Derives the code of a person's link, so that the outbox need not hold it."""

    def derive(self, escalation_id: str, human_agent_id: str, number: int) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    store: Store
    notifier: Notifier
    timers: Timers
    rooms: Rooms
    clock: Clock
    codes: Codes
    hooks: Hooks = field(default_factory=NoHooks)
    policy: Policy = field(default_factory=Policy)
