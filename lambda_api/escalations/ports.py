"""What the domain needs from outside, as protocols, and the frozen bundle that every use case takes first."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from msgspec import Struct, field

from lambda_api.escalations.briefs import Brief
from lambda_api.escalations.desk_ports import DeskStore
from lambda_api.escalations.errors import UnavailableError
from lambda_api.escalations.models import Escalation, HumanAgent, LastTest, Status
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
from lambda_api.escalations.together import Together, in_threads
from lambda_api.escalations.tracing import Traced, untraced


class Store(DeskStore, Protocol):
    """Keeps everything; reads by key are consistent. Raises UnavailableError when it cannot answer."""

    def escalation(self, escalation_id: str) -> Escalation | None: ...
    def pointer(self, room: str) -> Pointer | None: ...
    def words(self, escalation_id: str, *, now: datetime) -> Words | None: ...  # none after their time
    def brief(self, escalation_id: str, *, now: datetime) -> Brief | None: ...  # likewise
    def put_brief(self, escalation_id: str, brief: Brief, *, until: datetime) -> None: ...
    def delete_brief(self, escalation_id: str) -> None: ...
    def commit(self, change: Change) -> None: ...  # all or nothing; ConflictError, DuplicateEventError
    def idempotency(self, key: str) -> Idempotency | None: ...
    def remember(self, record: Idempotency, *, now: datetime) -> None: ...  # ConflictError when there is one
    def page(self, *, status: Status | None, limit: int, cursor: str | None) -> Page: ...
    def open_ids(self) -> tuple[str, ...]: ...
    def take_chain(self, escalation_id: str, *, now: datetime, until: datetime) -> bool: ...

    def watch_room(self, room: str, *, now: datetime, until: datetime) -> bool: ...
    def missed_rooms(self, *, now: datetime) -> tuple[str, ...]: ...  # whose look did not come in time
    def unwatch_room(self, room: str) -> None: ...

    def take_dispatch(self, room: str, *, now: datetime, until: datetime) -> bool: ...
    def free_dispatch(self, room: str) -> None: ...

    def outbox(self, escalation_id: str | None = None) -> tuple[OutboxItem, ...]: ...
    def lease(self, item: OutboxItem, *, until: datetime) -> bool: ...
    def discard(self, item_ids: tuple[str, ...]) -> None: ...

    def take_sms(self, at: datetime, *, most: int) -> bool: ...  # one of its hour's

    def link(self, code_hash: str) -> Link | None: ...
    def grant(self, room: str, identity: str) -> Grant | None: ...
    def grants(self, room: str) -> tuple[Grant, ...]: ...
    def add_seat(self, grant: Grant, link: Link) -> None: ...
    def press(self, pressed: Grant, *, extra: Grant | None) -> None: ...  # ConflictError

    def add_link(self, link: Link) -> None: ...

    def hooks(self, *, lately: bool = False) -> tuple[Hook, ...]: ...  # lately = seconds old at most
    def put_hook(self, hook: Hook) -> None: ...
    def delete_hook(self, hook_id: str) -> None: ...

    def people(self) -> tuple[HumanAgent, ...]: ...
    def person(self, human_agent_id: str) -> HumanAgent | None: ...
    def put_person(self, person: HumanAgent) -> None: ...
    def confirm_person(self, human_agent_id: str, subscription: str) -> None: ...  # if it still has that one
    def note_test(self, human_agent_id: str, tested: LastTest, *, reached: bool) -> None: ...
    def delete_person(self, human_agent_id: str) -> None: ...


class Notifier(Protocol):
    """Sends; raises UnavailableError when the provider did not take it."""

    def sms(self, *, phone: str, text: str, trace: str = "") -> None: ...
    def email(self, *, human_agent_id: str, subject: str, text: str, trace: str = "") -> None: ...
    def subscribe(self, *, human_agent_id: str, email: str) -> str: ...
    def unsubscribe(self, subscription: str) -> None: ...
    def is_confirmed(self, subscription: str) -> bool: ...  # not, when there is no such subscription any more
    def has_opted_out(self, phone: str) -> bool: ...


class Timers(Protocol):
    def look_later(self, escalation_id: str, *, delay_s: int, chain: bool) -> None: ...


class Rooms(Protocol):
    """LiveKit's server; every call may raise UnavailableError; what is already gone is success."""

    def participants(self, room: str) -> tuple[Participant, ...] | None: ...  # none = there is no such room
    def nudge(self, room: str, payload: Mapping[str, object]) -> None: ...
    def remove(self, room: str, identity: str) -> None: ...
    def dismiss_agent(self, room: str) -> None: ...
    def dispatch_agent(self, room: str, metadata: Mapping[str, object]) -> None: ...
    def relieve_agent(self, room: str, metadata: Mapping[str, object], leaving: str) -> None: ...


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


class Ports(Struct, frozen=True, kw_only=True):
    store: Store
    notifier: Notifier
    timers: Timers
    rooms: Rooms
    clock: Clock
    codes: Codes
    hooks: Hooks = field(default_factory=NoHooks)
    policy: Policy = field(default_factory=Policy)
    together: Together = in_threads
    traced: Traced = untraced
