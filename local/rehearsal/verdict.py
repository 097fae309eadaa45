"""Turns all that was told into the verdict: the steps, the figures, and what was not as it must be."""

from dataclasses import dataclass, field

from local.rehearsal.hearsay import Hearsay
from local.rehearsal.judge import Limits, Silence, complaints, echoes, silence
from local.rehearsal.likeness import Echo
from local.rehearsal.messages import Moment, Said
from local.rehearsal.sms import SmsFacts, look_at
from local.rehearsal.timeline import Timeline

_NAMES = ("Maria", "Jonas")


@dataclass(frozen=True, slots=True)
class Voice:
    """How well one side's sentences were heard on the other side."""

    speaker: str
    ear: str
    echoes: list[Echo]
    heard_at: float | None

    @property
    def best(self) -> Echo:
        return max(self.echoes, key=lambda echo: echo.likeness, default=Echo(0.0, 0))


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rehearsal's outcome; without complaints it was a whole handoff."""

    timeline: Timeline
    complaints: list[str]
    silence: Silence | None
    voices: list[Voice]
    sms: SmsFacts | None
    remarks: list[str] = field(default_factory=list)


def measure(hearsay: Hearsay) -> tuple[Silence | None, list[Voice]]:
    """Notes the steps that nobody can tell but an ear."""
    quiet = _silence(hearsay)
    voices = [_voice(hearsay, "caller", ear="human"), _voice(hearsay, "human", ear="caller")]
    _note_two_way(hearsay, voices)
    return quiet, voices


def conclude(hearsay: Hearsay, limits: Limits, *, stopped: str = "") -> Verdict:
    quiet, voices = measure(hearsay)
    sms = _sms(hearsay)
    found = complaints(hearsay.timeline, limits, sms)
    reasons = [stopped] if stopped else []
    return Verdict(hearsay.timeline, [*reasons, *found], quiet, voices, sms, _remarks(hearsay, quiet))


def _silence(hearsay: Hearsay) -> Silence | None:
    active, left = hearsay.timeline.at("human_active"), hearsay.timeline.at("ai_left")
    if active is None or left is None:
        return None
    found = silence(hearsay.heard[("caller", "ai")], human_active=active, ai_left=left)
    hearsay.note(Moment(step="ai_silent", at=found.silent, actor="ai"))
    return found


def _sms(hearsay: Hearsay) -> SmsFacts | None:
    moment = hearsay.timeline.moments.get("sms_sent")
    return look_at(moment.note, names=_NAMES) if moment else None


def _voice(hearsay: Hearsay, speaker: str, *, ear: str) -> Voice:
    active = hearsay.timeline.at("human_active")
    said = [each for each in hearsay.said[speaker] if active is not None and each.began >= active]
    found = echoes(said, hearsay.heard[(ear, speaker)], since=active or 0.0)
    return Voice(speaker, ear, found, _first_heard(said, found))


def _first_heard(said: list[Said], found: list[Echo]) -> float | None:
    heard = (each.ended + echo.lag_ms / 1000 for each, echo in zip(said, found, strict=True) if echo.alike)
    return next(heard, None)


def _note_two_way(hearsay: Hearsay, voices: list[Voice]) -> None:
    heard = [voice.heard_at for voice in voices if voice.heard_at is not None]
    if len(heard) == len(voices):
        hearsay.note(Moment(step="two_way_audio", at=max(heard), actor="caller+human"))


def _remarks(hearsay: Hearsay, quiet: Silence | None) -> list[str]:
    remarks = []
    if quiet is not None and not quiet.was_speaking:
        remarks.append(
            "the AI was not speaking when the human agent came, so its falling silent was not put to the test"
        )
    if "waited_in_vain" in hearsay.timeline.moments:
        remarks.append(
            f"the human agent waited in vain for {hearsay.timeline.moments['waited_in_vain'].note}"
        )
    return remarks
