"""What is stored of the desk: codes of one use, how often they were asked for, and who is signed in."""

from datetime import datetime

from msgspec import Struct


class SignInCode(Struct, frozen=True, kw_only=True):
    """Only the SHA-256 of it is known; whoever uses it takes it away."""

    code_hash: str
    human_agent_id: str
    valid_until: datetime


class SignIns(Struct, frozen=True, kw_only=True):
    """When somebody asked lately; kept for those whom nobody knows, too, so that both cost the same."""

    who: str
    times: tuple[datetime, ...]


class Session(Struct, frozen=True, kw_only=True):
    """A browser at the desk; only the SHA-256 of its cookie is known."""

    cookie_hash: str
    human_agent_id: str
    started_at: datetime
    acted_at: datetime  # the last thing that the person did, not the page by itself
