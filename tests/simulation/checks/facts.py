"""A history read once: rows with their versions, stays of people in the room, and what was disturbed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest
from math import inf

from msgspec import Struct

from lambda_api.escalations.models import Escalation
from lambda_api.escalations.names import hashed
from lambda_api.escalations.rooms import RoomEvent
from tests.simulation.history import Committed, History
from tests.simulation.hub import Answer
from tests.simulation.livekit import CALLER
from tests.simulation.script import Script
from tests.unit.lambda_api.domain.fakes import START, MemoryStore

REMEMBERED = 90.0  # how long a disturbance may still show: what it broke, a sweep has found by then
RECOVERY = 95.0  # what the sweep takes, with the looks that it begins and a lease that has to run out
LEFT_BEHIND = ("human_left", "human_dropped", "human_completed", "handed_back")
RECALLED = 61.0  # how long after it the agent is seen to
UNTOLD = 17.0  # where no webhook comes, the chain of looks has to see it

_NOTED = {"heard": "heard", "dead": "died", "out": "ended"}

Span = tuple[float, Escalation, float]  # a version from when it was written to when the next one was


class Stay(Struct):
    """Somebody in the room, from when to when; and from when they could be heard."""

    identity: str
    sid: str
    began: float
    ended: float = inf
    heard: float = inf
    died: float = inf


@dataclass
class Facts:
    history: History
    store: MemoryStore
    script: Script
    rows: dict[str, list[Committed]] = field(default_factory=dict)
    stays: dict[str, Stay] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.history.commits:
            self.rows.setdefault(one.change.escalation.id, []).append(one)
        for move in self.history.moves:
            self._move(move.identity, move.sid, move.now, move.at)

    def _move(self, identity: str, sid: str, now: str, at: float) -> None:
        if now == "in":
            self.stays[sid] = Stay(identity, sid, at)
        else:
            setattr(self.stays[sid], _NOTED[now], at)

    @cached_property
    def agents(self) -> list[Stay]:
        return [one for one in self.stays.values() if one.identity.startswith("agent-")]

    @cached_property
    def humans(self) -> list[Stay]:
        return [one for one in self.stays.values() if one.identity.startswith("human-agent-")]

    @cached_property
    def callers(self) -> list[Stay]:
        return [one for one in self.stays.values() if one.identity == CALLER]

    @cached_property
    def departures(self) -> list[tuple[Stay, Stay | None]]:
        """Each stay of the caller's with the one after it."""
        return [*zip_longest(self.callers, self.callers[1:])]

    @cached_property
    def spans(self) -> list[Span]:
        """Each version of each row."""
        return [one for versions in self.rows.values() for one in _spans(versions)]

    @cached_property
    def open(self) -> list[Span]:
        return [one for one in self.spans if one[1].is_open]

    @cached_property
    def holding(self) -> list[Span]:
        """Each version of a row that has a claim and is open."""
        return [one for one in self.open if one[1].claim]

    def holds(self, stay: Stay, at: float) -> Escalation | None:
        """The open row whose claim this person held then."""
        for began, row, until in self.holding:
            if began <= at < until and row.claim and row.claim.holds(stay.identity):
                return row
        return None

    def late(self, cause: float, at: float, within: float) -> bool:
        """Whether `at` is beyond the bound; after a disturbance the sweep gets its time as well."""
        if at <= cause + within:
            return False
        around = [when for when, _ in self.history.faults if cause - REMEMBERED <= when <= at]
        return not around or at > max(cause, *around) + within + RECOVERY

    @property
    def disturbed(self) -> bool:
        return self.script.webhooks_are_cut or bool(self.history.faults)

    def watched(self, at: float) -> bool:
        """Whether a row of ours is looked at: it is open, or a person left the caller behind just before."""
        return any(self._is_watched(row, began, until, at) for began, row, until in self.spans)

    def _is_watched(self, row: Escalation, began: float, until: float, at: float) -> bool:
        """After the end until an agent has come, or that caller is gone: another call was not left."""
        if row.is_open or row.ended_at is None:
            return began <= at < until
        ended = seconds(row.ended_at)
        seen_to = any(ended < one.began < at for one in self.agents)
        there = any(one.began <= ended and at <= one.ended for one in self.callers)
        return row.end_reason in LEFT_BEHIND and ended <= at + 1 <= ended + RECALLED and there and not seen_to

    @cached_property
    def answers(self) -> dict[str, list[Answer]]:
        """By the name of their process."""
        named: dict[str, list[Answer]] = {}
        for one in self.history.answers:
            named.setdefault(one.process.name, []).append(one)
        return named

    @cached_property
    def claims(self) -> list[tuple[Answer, str]]:
        """Who pressed a link and what they got, with the row that the link is for, if any."""
        asked = self.answers.get("claim", ())
        links = ((one, self.store.links.get(hashed(one.process.about[0]))) for one in asked)
        return [(one, link.escalation_id if link else "") for one, link in links]

    @cached_property
    def first_sends(self) -> dict[str, float]:
        """When each link went out first, by the hash of its code."""
        first: dict[str, float] = {}
        for one in self.history.sends:
            _, link, code = one.text.rpartition("/j/")
            if link:
                first.setdefault(hashed(code), one.at)
        return first

    @property
    def untold(self) -> float:
        return UNTOLD if self.script.webhooks_are_cut else 0

    @cached_property
    def events(self) -> dict[str, RoomEvent]:
        return {one.process.about.id: one.process.about for one in self.answers.get("webhook", ())}


def _spans(versions: list[Committed]) -> Iterator[Span]:
    ends = [one.at for one in versions[1:]]
    for one, until in zip(versions, [*ends, inf], strict=True):
        yield one.at, one.change.escalation, until


def seconds(at: object) -> float:
    return (at - START).total_seconds()  # type: ignore[operator, no-any-return]
