"""A history read once: rows with their versions, stays of people in the room, and what was disturbed."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from math import inf

from msgspec import Struct

from lambda_api.escalations.models import OPEN_STATUSES, Escalation
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


class Facts:
    """Every check reads most of it, so all of it is made at once."""

    def __init__(self, *, history: History, store: MemoryStore, script: Script) -> None:
        self.history, self.store, self.script = history, store, script
        self.disturbed = script.webhooks_are_cut or bool(history.faults)
        self.untold = UNTOLD if script.webhooks_are_cut else 0
        self._read_commits()
        self._read_moves()
        self._read_answers()
        self._read_sends()

    def _read_commits(self) -> None:
        self.rows: dict[str, list[Committed]] = {}
        for one in self.history.commits:
            self.rows.setdefault(one.change.escalation.id, []).append(one)
        self.spans: list[Span] = []  # each version of each row
        self.open: list[Span] = []
        self.holding: list[Span] = []  # each version of a row that has a claim and is open
        self.pairs: list[tuple[Escalation, Escalation]] = []  # each version with the one after it
        self.over: dict[str, float] = {}  # when a row was no longer open for the first time
        for versions in self.rows.values():
            self._read_versions(versions)

    def _read_versions(self, versions: list[Committed]) -> None:
        for one, after in zip_longest(versions, versions[1:]):
            row = one.change.escalation
            span = (one.at, row, after.at if after else inf)
            self.spans.append(span)
            if row.status not in OPEN_STATUSES:
                self.over.setdefault(row.id, one.at)
            else:
                self.open.append(span)
                if row.claim:
                    self.holding.append(span)
            if after:
                self.pairs.append((row, after.change.escalation))

    def _read_moves(self) -> None:
        self.stays: dict[str, Stay] = {}
        for move in self.history.moves:
            if move.now == "in":
                self.stays[move.sid] = Stay(move.identity, move.sid, move.at)
            else:
                setattr(self.stays[move.sid], _NOTED[move.now], move.at)
        stays = self.stays.values()
        self.agents = [one for one in stays if one.identity.startswith("agent-")]
        self.humans = [one for one in stays if one.identity.startswith("human-agent-")]
        self.callers = [one for one in stays if one.identity == CALLER]
        # Each stay of the caller's with the one after it.
        self.departures = [*zip_longest(self.callers, self.callers[1:])]

    def _read_answers(self) -> None:
        """Also who pressed a link and got what, with the link's row, if any."""
        self.answers: Mapping[str, Sequence[Answer]] = self.history.named
        self.events: dict[str, RoomEvent] = {
            one.process.about.id: one.process.about for one in self.answers["webhook"]
        }
        links = [(one, self.store.links.get(hashed(one.process.about[0]))) for one in self.answers["claim"]]
        self.claims = [(one, link.escalation_id if link else "") for one, link in links]

    def _read_sends(self) -> None:
        """When each link went out first, by the hash of its code."""
        self.first_sends: dict[str, float] = {}
        for one in self.history.sends:
            _, link, code = one.text.rpartition("/j/")
            if link:
                self.first_sends.setdefault(hashed(code), one.at)

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


def seconds(at: object) -> float:
    return (at - START).total_seconds()  # type: ignore[operator, no-any-return]
