"""What became of one scenario, and how long the caller was without a partner who can be heard."""

from dataclasses import dataclass

from local.rehearsal.clock import now
from local.rehearsal.scenarios.stage import Stage


@dataclass(frozen=True, slots=True)
class Outcome:
    name: str
    complaints: list[str]
    alone_s: float
    took_s: float
    figures: list[str]

    @property
    def passed(self) -> bool:
        return not self.complaints


def conclude(name: str, stage: Stage, *, began: float, stopped: str) -> Outcome:
    until = stage.chronicle.at("caller_left") or now()
    rivals = stage.attendance.rivals_s(until=until)
    stage.expect(rivals < _BREATH_S, f"two AIs could be heard at once for {rivals:.1f} s")
    return Outcome(
        name=name,
        complaints=[*([stopped] if stopped else []), *stage.complaints],
        alone_s=round(stage.attendance.alone_s(until=until), 2),
        took_s=round(now() - began, 1),
        figures=stage.figures,
    )


# The signs of two participants reach the caller's ear a little apart.
_BREATH_S = 0.2
