"""The verdict: every step happened, in a sane order, within the limits, both voices heard."""

from dataclasses import dataclass

from local.rehearsal.likeness import Echo, compare
from local.rehearsal.loudness import FRAME_S, Loudness
from local.rehearsal.messages import Said
from local.rehearsal.sms import SmsFacts
from local.rehearsal.timeline import Timeline, disorder

# The farewell follows the hush almost at once; no longer pause may be asked for to tell the two apart.
_HUSH_PAUSE_S = 0.045
_STILL_PLAYING_S = 1.0
_JUST_BEFORE_S = 0.5


@dataclass(frozen=True, slots=True)
class Limits:
    """Milliseconds from human_active to silence and to leaving; None is not limited."""

    silent_ms: int | None
    left_ms: int


WITHOUT_FAREWELL = Limits(silent_ms=300, left_ms=2_000)
WITH_FAREWELL = Limits(silent_ms=None, left_ms=5_000)
ONE_WAY_ONLY = Limits(silent_ms=None, left_ms=5_000)


@dataclass(frozen=True, slots=True)
class Silence:
    """The AI's last audible frame at the caller's ear: before a farewell (hushed), and at all (silent)."""

    hushed: float
    silent: float
    was_speaking: bool


def silence(ai: Loudness, *, human_active: float, ai_left: float) -> Silence:
    """An AI that was silent already counts as silent from human_active on."""
    # Some frames still play after the leaving was told; they count. Later ones are of an AI that came back.
    # A spell that began before the human could be heard ends with the hush; what follows is the farewell.
    spells = ai.spells(pause_s=_HUSH_PAUSE_S)
    cut = [spell.ended - FRAME_S for spell in spells if spell.began <= human_active < spell.ended]
    last = ai.last_loud(until=ai_left + _STILL_PLAYING_S) or human_active
    # The AI may know of the human agent a little before the caller's ear does, and stop that much earlier.
    before = ai.last_loud(until=human_active)
    return Silence(
        hushed=cut[0] if cut else human_active,
        silent=max(last, human_active),
        was_speaking=before is not None and human_active - before < _JUST_BEFORE_S,
    )


def echoes(said: list[Said], heard: Loudness, *, since: float) -> list[Echo]:
    return [compare(Loudness(list(each.at), list(each.dbfs)), heard) for each in said if each.began >= since]


def complaints(timeline: Timeline, limits: Limits, sms: SmsFacts | None) -> list[str]:
    """Everything that was not as it must be, in words; none means a whole handoff."""
    missing = [f"{step} did not happen" for step in timeline.missing()]
    return [*missing, *disorder(timeline), *_over(timeline, limits), *(sms.complaints if sms else [])]


def _over(timeline: Timeline, limits: Limits) -> list[str]:
    measured = (("ai_silent", limits.silent_ms), ("ai_left", limits.left_ms))
    taken = ((step, limit, timeline.between("human_active", step)) for step, limit in measured)
    return [
        f"{step} {took} ms after human_active (limit {limit} ms)"
        for step, limit, took in taken
        if limit is not None and took is not None and took > limit
    ]
