"""The steps of a handoff in their order, each with the moment at which it happened."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from local.rehearsal.messages import Moment

STEPS = {
    "caller_joined": "caller",
    "ai_joined": "ai",
    "ai_first_audio": "ai",
    "caller_asked": "caller",
    "tool_called": "ai",
    "escalation_stored": "api",
    "sms_sent": "api",
    "link_opened": "human",
    "claimed": "human",
    "human_joined": "human",
    "human_active": "human",
    "ai_silent": "ai",
    "ai_left": "ai",
    "two_way_audio": "caller+human",
    "completed": "api",
}
# What must come before what; steps that may swap (a track may come before ACTIVE) are not compared.
ORDER = (
    ("caller_joined", "ai_joined", "ai_first_audio", "caller_asked", "tool_called"),
    ("tool_called", "escalation_stored", "sms_sent", "link_opened"),
    ("link_opened", "claimed", "human_joined", "ai_left", "completed"),
    ("claimed", "human_active", "ai_silent", "completed"),
    ("human_active", "two_way_audio", "completed"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of demo.json."""

    step: str
    at_ms: int
    actor: str


@dataclass(slots=True)
class Timeline:
    """The first moment of each step, relative to the caller's joining."""

    moments: dict[str, Moment] = field(default_factory=dict)

    def note(self, moment: Moment) -> bool:
        """Whether this was the first time that the step happened."""
        first = moment.step not in self.moments
        if first:
            self.moments[moment.step] = moment
        return first

    def at(self, step: str) -> float | None:
        moment = self.moments.get(step)
        return moment.at if moment else None

    def ms(self, step: str) -> int | None:
        at, zero = self.at(step), self.at("caller_joined")
        return None if at is None or zero is None else round((at - zero) * 1000)

    def between(self, earlier: str, later: str) -> int | None:
        first, second = self.at(earlier), self.at(later)
        return None if first is None or second is None else round((second - first) * 1000)

    def steps(self) -> list[Step]:
        found = ((step, self.ms(step), actor) for step, actor in STEPS.items())
        happened = [Step(step, ms, actor) for step, ms, actor in found if ms is not None]
        return sorted(happened, key=lambda step: step.at_ms)

    def missing(self) -> list[str]:
        return [step for step in STEPS if step not in self.moments]


def disorder(timeline: Timeline, order: Iterable[tuple[str, ...]] = ORDER) -> list[str]:
    pairs = ((one, next_) for chain in order for one, next_ in pairwise(chain))
    gaps = ((one, next_, timeline.between(one, next_)) for one, next_ in pairs)
    return [f"{next_} came {-gap} ms before {one}" for one, next_, gap in gaps if gap is not None and gap < 0]
