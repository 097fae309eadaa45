"""What happened in a scenario, in its order, as it is written down for readers."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from local.rehearsal.clock import now
from local.rehearsal.messages import Moment

ZERO = "caller_joined"


@dataclass(slots=True)
class Chronicle:
    """Every moment is kept, also the second of its kind; `tell` hears of each as it comes."""

    tell: Callable[[str], None]
    moments: list[Moment] = field(default_factory=list)

    def note(self, step: str, *, actor: str, at: float | None = None, note: str = "") -> Moment:
        moment = Moment(step=step, at=now() if at is None else at, actor=actor, note=note)
        self.moments.append(moment)
        self.tell(f"  {self.ms(moment.at) / 1000:7.2f} s  {step}{f' ({note})' if note else ''}")
        return moment

    def at(self, step: str) -> float | None:
        """When this step happened last."""
        return next((each.at for each in reversed(self.moments) if each.step == step), None)

    def ms(self, at: float) -> int:
        zero = next((each.at for each in self.moments if each.step == ZERO), at)
        return round((at - zero) * 1000)

    def as_json(self) -> str:
        ordered = sorted(self.moments, key=lambda moment: moment.at)
        steps = [{"step": each.step, "at_ms": self.ms(each.at), "actor": each.actor} for each in ordered]
        return json.dumps(steps, indent=2) + "\n"
