"""What is stored beside the row: links, grants, outbox, pointer, idempotency record, words."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from lambda_api.escalations.models import Escalation, LinkKind, Role


class Link(Struct, frozen=True, kw_only=True):
    """A join link; only the SHA-256 of its code is known."""

    code_hash: str
    kind: LinkKind
    room: str
    human_agent_id: str
    name: str
    valid_until: datetime
    escalation_id: str = ""  # of a claim link
    identity: str = ""  # of a seat link: the grant it opens


class Grant(Struct, frozen=True, kw_only=True):
    """A seat in a room that is not (yet) a claim."""

    room: str
    identity: str
    role: Role
    name: str
    seat_id: str
    human_agent_id: str
    valid_until: datetime
    created_at: datetime
    browser: str | None = None
    pressed_at: datetime | None = None
    presses: int = 0


class ItemKind(StrEnum):
    WANTED = "wanted"  # a person is asked to come
    NOT_NEEDED = "not_needed"  # who was asked need not come
    CALLBACK = "callback"  # those on duty are told that a caller wants to be called
    HOOK = "hook"  # another system is offered a change
    SIGN_IN = "sign_in"  # a person wants to sign in at the desk


class OutboxItem(Struct, frozen=True, kw_only=True):
    """A message that must still be handed over; it holds ids only."""

    id: str
    escalation_id: str
    human_agent_id: str
    round: int
    kind: ItemKind = ItemKind.WANTED
    not_before: datetime  # whoever publishes holds it until then
    attempts: int = 0
    hook_id: str = ""
    channel: str = ""  # the only one to use; none = each that there is
    body: str = ""  # what the other system gets, the same at every try; no personal data


class Pointer(Struct, frozen=True, kw_only=True):
    """The latest escalation of a room; whether it is open, its row says."""

    room: str
    escalation_id: str
    epoch: int


class Idempotency(Struct, frozen=True, kw_only=True):
    key: str  # "<key name>#<sha256 of the Idempotency-Key>"
    body_hash: str
    escalation_id: str
    created: bool
    valid_until: datetime


class Wish(Struct, frozen=True, kw_only=True):
    """Whom to call back, under which number, and when that suits them."""

    name: str
    phone: str
    when: str


class Words(Struct, frozen=True, kw_only=True):
    """What was said: personal data, kept apart from the row and deleted by time."""

    summary: str = ""
    transcript: tuple[tuple[str, str], ...] = ()  # (role, text)
    notes: str = ""  # of the human agent
    wish: Wish | None = None  # the caller asks for a call back


class Hook(Struct, frozen=True, kw_only=True):
    """Another system's address that changes are offered to; without events it gets all of them."""

    id: str
    url: str
    secret: str
    created_at: datetime
    events: tuple[str, ...] = ()  # e.g. "escalation.completed"


class Page(Struct, frozen=True, kw_only=True):
    items: tuple[Escalation, ...]
    next_cursor: str | None


class Change(Struct, frozen=True, kw_only=True):
    """Everything that one transaction writes; `expected` is the version it replaces, none for a new row."""

    escalation: Escalation
    expected: int | None
    links: tuple[Link, ...] = ()
    outbox: tuple[OutboxItem, ...] = ()
    sent: tuple[str, ...] = ()  # outbox ids that are done
    event_id: str = ""
    idempotency: Idempotency | None = None
    replaces: str = ""  # of a new row: the escalation that the room's pointer named before
    words: Words | None = None  # none = as they are; empty = none are kept any more, nor a brief
    leaves_caller: bool = False  # at the row's end: from then on the sweep looks at its room
