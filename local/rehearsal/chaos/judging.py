"""The promises, held against what one handoff's history tells; each broken one by its number."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from local.rehearsal.chaos.limits import Limits
from local.rehearsal.chaos.traffic import Seen
from local.rehearsal.chaos.truth import Sight
from local.rehearsal.clock import monotonic_of
from local.rehearsal.desk import Json
from local.rehearsal.loudness import Loudness
from local.rehearsal.scenarios.attendance import Attendance, Spell

TERMINAL: Final = frozenset({"completed", "handed_back", "cancelled", "unanswered", "failed"})
_TOKEN_S: Final = 60
# A microphone that is unmuted and an AI that leaves are seen in one look or the next.
_LOOK_S: Final = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All that is known of one handoff when it is over."""

    limits: Limits
    attendance: Attendance
    ai_at_ear: Loudness
    sights: list[Sight]
    rows: list[Json]
    seats: list[Json]
    told_at: list[float]
    until: float
    webhooks: list[Seen] = field(default_factory=list)

    @property
    def holders(self) -> frozenset[str]:
        return frozenset(str(seat["identity"]) for seat in self.seats)


@dataclass(slots=True)
class Judgement:
    broken: list[str] = field(default_factory=list)
    checked: list[str] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)

    def hold(self, promise: str, holds: object, complaint: str) -> None:
        self.checked.append(promise)
        if not holds:
            self.broken.append(f"{promise}: {complaint}")

    def measure(self, promise: str, figure: str, seconds: float, limit: float) -> None:
        self.figures[figure] = max(seconds, self.figures.get(figure, 0.0))
        self.hold(promise, seconds <= limit, f"{figure} {seconds:.2f} s (limit {limit:g} s)")


def judge(history: History) -> Judgement:
    found = Judgement()
    _never_alone(history, found)
    _the_ai_is_silent_and_leaves(history, found)
    _the_ai_does_not_leave_for_nobody(history, found)
    _no_ai_comes_beside_a_person(history, found)
    _told_in_time(history, found)
    _rows(history, found)
    _tokens(history, found)
    _webhooks(history, found)
    return found


def _never_alone(history: History, found: Judgement) -> None:
    gaps = history.attendance.gaps(until=history.until)
    longest = max((gap.seconds for gap in gaps), default=0.0)
    found.measure("I3", "alone", longest, history.limits.alone_s)


def _the_ai_is_silent_and_leaves(history: History, found: Judgement) -> None:
    spells = history.attendance.spells(until=history.until)
    for human in (each for each in spells if each.identity in history.holders):
        for ai in (each for each in spells if each.role == "ai" and _is_surprised(each, human, history)):
            last = history.ai_at_ear.last_loud(until=min(ai.ended, human.ended)) or 0.0
            found.measure("I4", "silent", max(0.0, last - human.began), history.limits.silent_s)
    for began, ended in _beside(history):
        found.measure("I5", "gone", ended - began, history.limits.gone_s)


def _is_surprised(ai: Spell, human: Spell, history: History) -> bool:
    """The human comes to an AI that is there, whichever of them the caller saw first."""
    first = ai.began < human.began or _was_listed_first(ai, human, history)
    return first and ai.began < human.ended and human.began < ai.ended


def _was_listed_first(ai: Spell, human: Spell, history: History) -> bool:
    for each in history.sights:
        if human.identity in each.heard:
            return False
        if ai.identity in each.ais:
            return True
    return False


def _beside(history: History) -> Iterator[tuple[float, float]]:
    """The spells in which LiveKit lists an AI beside a human who holds the claim and can be heard."""
    began: float | None = None
    for each in history.sights:
        together = each.ais and each.heard & history.holders
        if together and began is None:
            began = each.at
        elif not together and began is not None:
            yield began, each.at
            began = None
    if began is not None:
        yield began, history.sights[-1].at


def _the_ai_does_not_leave_for_nobody(history: History, found: Judgement) -> None:
    if history.limits.ai_is_struck:
        return
    for before, after in pairwise(history.sights):
        lost = before.ais and not after.ais and after.callers
        accompanied = (before.heard | after.heard) & history.holders
        found.hold("I6", not lost or accompanied, "the AI left while no person could be heard")


def _no_ai_comes_beside_a_person(history: History, found: Judgement) -> None:
    if history.limits.ai_comes_back:
        return
    spells = history.attendance.spells(until=history.until)
    for human in (each for each in spells if each.identity in history.holders):
        beside = [each for each in spells if each.role == "ai" and _comes_beside(each, human)]
        late = [
            each for each in beside if _is_back(each, spells) or not _was_listed_first(each, human, history)
        ]
        found.hold("I12", not late, "an AI came beside a person who can be heard")


def _comes_beside(ai: Spell, human: Spell) -> bool:
    return human.began + _LOOK_S < ai.began < human.ended - _LOOK_S


def _is_back(ai: Spell, spells: list[Spell]) -> bool:
    return any(each.identity == ai.identity and each.began < ai.began for each in spells)


def _told_in_time(history: History, found: Judgement) -> None:
    if history.rows and history.told_at:
        stored = monotonic_of(str(history.rows[0]["created_at"]))
        found.measure("I2", "told", history.told_at[0] - stored, history.limits.told_s)


def _rows(history: History, found: Judgement) -> None:
    count = len(history.rows)
    found.hold("I13", count == history.limits.escalations, f"{count} escalations were made")
    for row in history.rows:
        found.hold("I17", row["status"] in TERMINAL, f"an escalation is left {row['status']}")
        found.hold("I1", _one_winner(row), "the row tells of two claims without a release between them")


def _one_winner(row: Json) -> bool:
    changes = [str(each["change"]) for each in row["timeline"]]
    held = False
    for change in changes:
        if change == "claimed" and held:
            return False
        held = change == "claimed" or (held and change not in {"released", "handed_back"})
    return True


def _tokens(history: History, found: Judgement) -> None:
    for seat in history.seats:
        claims = _claims(str(seat["token"]))
        grants = claims["video"]
        lives = claims["exp"] - claims["nbf"]
        found.hold("I9", 0 < lives <= _TOKEN_S, f"a join token lives {lives} s")
        narrow = not grants.get("roomAdmin") and not grants.get("roomCreate")
        found.hold(
            "I9", narrow and grants.get("room") == seat["room"], "a join token opens more than its room"
        )


def _claims(token: str) -> Json:
    payload = token.split(".")[1]
    return dict(json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))))


def _webhooks(history: History, found: Judgement) -> None:
    for each in history.webhooks:
        if each.forged:
            found.hold("I8", each.status == 401, f"a forged webhook was answered with {each.status}")
        else:
            ok = each.status < 300 or each.status >= 500
            found.hold("I8", ok, f"a genuine webhook was answered with {each.status}")
