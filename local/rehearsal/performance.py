"""One rehearsal from beginning to end: arranged, played, judged, written down and told."""

import secrets
from pathlib import Path

from local.rehearsal import report
from local.rehearsal.conductor import Conductor, Script, played
from local.rehearsal.messages import Moment
from local.rehearsal.picture import draw
from local.rehearsal.settings import Settings
from local.rehearsal.timeline import STEPS
from local.rehearsal.verdict import Verdict, conclude
from local.stack.stack_file import StackFile

_WHOLE_WITHIN_S = 240.0


async def rehearse(stack: StackFile, settings: Settings, *, folder: Path) -> Verdict:
    script = Script(
        room=f"rehearsal-{secrets.token_hex(4)}",
        recordings=(folder / "recordings").absolute(),
        logs=folder / "logs",
        completed_within_s=settings.completed_within_s,
    )
    conductor = Conductor(stack=stack, script=script, happened=_Progress())
    stopped = await played(conductor, within_s=_WHOLE_WITHIN_S)
    verdict = conclude(conductor.hearsay, settings.limits, stopped=stopped)
    _write(verdict, draw(conductor.hearsay), folder)
    _tell(verdict, folder)
    return verdict


class _Progress:
    """A line for each step as it is told."""

    def __init__(self) -> None:
        self._zero: float | None = None

    def __call__(self, moment: Moment) -> None:
        if self._zero is None and moment.step == "caller_joined":
            self._zero = moment.at
        if self._zero is not None and moment.step in STEPS:
            print(f"  {moment.at - self._zero:7.2f} s  {moment.step}", flush=True)


def _write(verdict: Verdict, picture: str, folder: Path) -> None:
    folder.mkdir(exist_ok=True, mode=0o700, parents=True)
    (folder / "demo.json").write_text(report.as_json(verdict.timeline))
    (folder / "demo-report.md").write_text(report.page(verdict))
    (folder / "demo.svg").write_text(picture)


def _tell(verdict: Verdict, folder: Path) -> None:
    print(f"\n{report.table(verdict.timeline)}\n")
    print("\n".join(f"  {line}" for line in [*report.figures(verdict), *verdict.remarks]))
    print(f"\n  files: {folder}/demo.json, demo.svg, demo-report.md, recordings/caller.wav")
    if verdict.complaints:
        print("\nNOT a whole handoff:\n" + "\n".join(f"  - {line}" for line in verdict.complaints))
        print(f"  logs: {folder}/logs/rehearsal-*.log of the actors, .local/logs/ of the stack")
    else:
        print("\nA whole handoff: every step happened.", flush=True)
