"""A history read once: rows with their versions, stays of people in the room, and what was disturbed."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import inf

from lambda_api.escalations.models import Escalation
from lambda_api.escalations.names import hashed
from lambda_api.escalations.rooms import RoomEvent
from tests.simulation.history import Committed, History
from tests.simulation.livekit import CALLER
from tests.simulation.script import Script
from tests.unit.lambda_api.domain.fakes import START, MemoryStore

REMEMBERED = 90.0  # how long a disturbance may still show: what it broke, a sweep has found by then
RECOVERY = 95.0  # what the sweep takes, with the looks that it begins and a lease that has to run out
LEFT_BEHIND = ("human_left", "human_dropped", "human_completed", "handed_back")
RECALLED = 61.0  # how long after it the agent is seen to
UNTOLD = 17.0  # where no webhook comes, the chain of looks has to see it


@dataclass(slots=True)
class Stay:
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
            name = {"heard": "heard", "dead": "died", "out": "ended"}[now]
            setattr(self.stays[sid], name, at)

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
    def holding(self) -> list[tuple[Committed, float]]:
        """Each version of a row that has a claim and is open, with its end."""
        return [
            (one, until)
            for versions in self.rows.values()
            for one, until in spans(versions)
            if one.change.escalation.claim and one.change.escalation.is_open
        ]

    def holds(self, stay: Stay, at: float) -> Escalation | None:
        """The open row whose claim this person held then."""
        for one, until in self.holding:
            row = one.change.escalation
            if one.at <= at < until and row.claim and row.claim.holds(stay.identity):
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
        return any(
            self._is_watched(one.change.escalation, one.at, until, at)
            for versions in self.rows.values()
            for one, until in spans(versions)
        )

    def _is_watched(self, row: Escalation, began: float, until: float, at: float) -> bool:
        """After the end until an agent has come, or that caller is gone: another call was not left."""
        if row.is_open or row.ended_at is None:
            return began <= at < until
        ended = seconds(row.ended_at)
        seen_to = any(ended < one.began < at for one in self.agents)
        there = any(one.began <= ended and at <= one.ended for one in self.callers)
        return row.end_reason in LEFT_BEHIND and ended <= at + 1 <= ended + RECALLED and there and not seen_to

    @cached_property
    def first_sends(self) -> dict[str, float]:
        """When each link went out first, by the hash of its code."""
        first: dict[str, float] = {}
        for one in self.history.sends:
            first.setdefault(hashed(one.text.rpartition("/j/")[2]), one.at)
        return first

    @property
    def untold(self) -> float:
        return UNTOLD if self.script.webhooks_are_cut else 0

    @cached_property
    def events(self) -> dict[str, RoomEvent]:
        return {
            one.process.about.id: one.process.about
            for one in self.history.answers
            if one.process.name == "webhook"
        }


def spans(versions: list[Committed]) -> list[tuple[Committed, float]]:
    """Each version with the time when the next one came."""
    return [*((one, after.at) for one, after in pairwise(versions)), (versions[-1], inf)]


def seconds(at: object) -> float:
    return (at - START).total_seconds()  # type: ignore[operator, no-any-return]
