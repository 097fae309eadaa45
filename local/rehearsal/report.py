"""The verdict for readers: demo.json, a table for the terminal, and a page of Markdown with the same."""

import json
from dataclasses import asdict

from local.rehearsal.timeline import Timeline
from local.rehearsal.verdict import Verdict, Voice

# Less than this after the hush is the rest of a word, not a farewell.
_FAREWELL_MS = 500


def as_json(timeline: Timeline) -> str:
    return json.dumps([asdict(step) for step in timeline.steps()], indent=2) + "\n"


def table(timeline: Timeline) -> str:
    lines = [f"{'step':<20}{'time':>10}{'after':>10}  actor", "-" * 56]
    before = 0
    for step in timeline.steps():
        lines.append(f"{step.step:<20}{_s(step.at_ms):>10}{'+' + _s(step.at_ms - before):>10}  {step.actor}")
        before = step.at_ms
    return "\n".join(lines)


def figures(verdict: Verdict) -> list[str]:
    return [*_silence(verdict), *_left(verdict), *(_voice(voice) for voice in verdict.voices), *_sms(verdict)]


def page(verdict: Verdict) -> str:
    """The same as Markdown."""
    rows = [f"| {each.step} | {each.at_ms} | {each.actor} |" for each in verdict.timeline.steps()]
    parts = ["# One handoff, measured", "", "| step | ms | actor |", "|---|---:|---|", *rows, ""]
    parts += [f"- {line}" for line in figures(verdict)]
    parts += [f"- Remark: {line}" for line in verdict.remarks]
    parts += [f"- **Not as it must be:** {line}" for line in verdict.complaints]
    return "\n".join([*parts, "", "![The timeline](demo.svg)", ""])


def _silence(verdict: Verdict) -> list[str]:
    active, quiet = verdict.timeline.at("human_active"), verdict.silence
    if active is None or quiet is None:
        return []
    hushed, silent = round((quiet.hushed - active) * 1000), round((quiet.silent - active) * 1000)
    state = "in the middle of a sentence" if quiet.was_speaking else "silent already"
    if silent - hushed < _FAREWELL_MS:
        return [f"the AI, {state}, fell silent {silent} ms after the human agent could be heard"]
    stopped = f"the AI, {state}, stopped {hushed} ms after the human agent could be heard"
    return [f"{stopped} and was silent for good, its farewell said, after {silent} ms"]


def _left(verdict: Verdict) -> list[str]:
    left = verdict.timeline.between("human_active", "ai_left")
    return [] if left is None else [f"the AI left {left} ms after the human agent could be heard"]


def _voice(voice: Voice) -> str:
    alike = sum(echo.alike for echo in voice.echoes)
    best = f"likeness {voice.best.likeness:.2f}, {voice.best.lag_ms} ms from mouth to ear"
    return f"the {voice.ear} heard {alike} of {len(voice.echoes)} sentences of the {voice.speaker} ({best})"


def _sms(verdict: Verdict) -> list[str]:
    sms = verdict.sms
    if sms is None:
        return []
    alphabet = "GSM-7" if sms.gsm7 else "not GSM-7"
    return [f"the SMS has {sms.septets} characters, {sms.segments} segment(s), {alphabet}"]


def _s(ms: int) -> str:
    return f"{ms / 1000:.3f} s"
