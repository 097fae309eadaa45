"""Taking a call by its link: looking has no effect, the first press wins, the winner may come back."""

from dataclasses import dataclass
from datetime import datetime

from lambda_api.escalations.models import LinkKind, Reason, Role, Status
from lambda_api.escalations.ports import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A place in a room that a token may now be minted for."""

    id: str
    room: str
    identity: str
    name: str
    role: Role
    escalation_id: str | None
    valid_until: datetime  # of the link
    code: str = ""  # only when the seat was made just now


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the page of a link shows before anybody presses."""

    kind: LinkKind
    role: Role
    room: str
    name: str
    escalation_id: str | None = None
    reason: Reason | None = None
    status: Status | None = None
    waiting_since: datetime | None = None
    taken_by: str | None = None
    taken_at: datetime | None = None


def view(ports: Ports, code: str) -> View:
    """Raise UnknownLinkError, LinkExpiredError or EscalationEndedError; change nothing."""
    raise NotImplementedError


def claim(ports: Ports, code: str, browser: str) -> Seat:
    """Take the seat for this browser (its cookie's value), or raise AlreadyClaimedError and view's errors."""
    raise NotImplementedError
