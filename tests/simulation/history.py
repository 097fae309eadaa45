"""What happened in one universe, in the order of its virtual time, for the checks to read afterwards."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal

from msgspec import Struct

from lambda_api.escalations.records import Change
from tests.simulation.hub import Answer, Process

Presence = Literal["in", "heard", "dead", "out"]


class Committed(Struct, frozen=True):
    at: float
    process: Process
    change: Change


class Sent(Struct, frozen=True):
    """A message that a provider took from us, delivered or not."""

    at: float
    phone: str
    text: str


class Moved(Struct, frozen=True):
    at: float
    identity: str
    sid: str
    now: Presence
    why: str = ""


class Ordered(Struct, frozen=True):
    """What we asked LiveKit to do; `since` is when the process had last seen the room."""

    at: float
    what: Literal["dismiss", "remove", "dispatch"]
    since: float
    whom: str = ""


@dataclass(slots=True)
class History:
    commits: list[Committed] = field(default_factory=list)
    sends: list[Sent] = field(default_factory=list)
    moves: list[Moved] = field(default_factory=list)
    orders: list[Ordered] = field(default_factory=list)
    nudges: list[tuple[float, str, str]] = field(default_factory=list)  # at, type, escalation
    answers: list[Answer] = field(default_factory=list)
    named: defaultdict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))  # by process
    faults: list[tuple[float, str]] = field(default_factory=list)
    ended: float = 0

    def disturbed(self, at: float, what: str) -> None:
        self.faults.append((at, what))
