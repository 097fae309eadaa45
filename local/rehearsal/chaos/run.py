"""Plays a plan: what hurts only its own room two at a time, all else alone; and judges each handoff."""

import asyncio
import json
import secrets
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from local.rehearsal.caller import PLEA
from local.rehearsal.chaos.act import Act
from local.rehearsal.chaos.catalogue import BY_NAME, Trial
from local.rehearsal.chaos.detour import Detour
from local.rehearsal.chaos.judging import History, Judgement, judge
from local.rehearsal.chaos.plan import Turn
from local.rehearsal.clock import now
from local.rehearsal.desk import DeskError, Json
from local.rehearsal.readiness import wait_for_the_worker
from local.rehearsal.scenarios.chronicle import Chronicle
from local.rehearsal.scenarios.run import played
from local.rehearsal.scenarios.stage import Stage
from local.stack.stack_file import StackFile

LANES: Final = 2
_SENTENCE: Final = 20


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one handoff."""

    turn: Turn
    broken: list[str]
    checked: list[str]
    figures: dict[str, float]
    remarks: list[str]
    struck: int
    took_s: float
    secrets: list[str] = field(default_factory=list, repr=False)


class Run:
    def __init__(self, stack: StackFile, detour: Detour, *, folder: Path) -> None:
        self._stack, self._detour, self._folder = stack, detour, folder
        self.results: list[Result] = []
        self.repeated: list[Result] = []  # broken at first, and so played again

    async def play(self, turns: list[Turn]) -> None:
        together = [turn for turn in turns if not BY_NAME[turn.fault].alone]
        await self._play_in_lanes(together)
        for turn in turns:
            if turn not in together:
                await self._play_one(turn)

    async def play_again(self) -> None:
        """What broke, by itself: on a machine that was busy with others a promise breaks by being late."""
        self.repeated = [each for each in self.results if each.broken]
        self.results = [each for each in self.results if not each.broken]
        for each in self.repeated:
            await self._play_one(each.turn)

    async def _play_in_lanes(self, turns: list[Turn]) -> None:
        left = iter(turns)

        async def lane() -> None:
            for turn in left:
                await self._play_one(turn)

        await asyncio.gather(*(lane() for _ in range(LANES)))

    async def _play_one(self, turn: Turn) -> None:
        result = await self._result(turn, BY_NAME[turn.fault])
        verdict = "; ".join(result.broken) or "kept"
        print(f"  {turn.number:>4}  {turn.fault:<24} {result.took_s:>5.1f} s  {verdict}", flush=True)
        self.results.append(result)

    async def _result(self, turn: Turn, trial: Trial) -> Result:
        await wait_for_the_worker(self._stack.control_url)
        # Another one each time: rows of an earlier run of the same plan are still there.
        room = f"chaos-{turn.number}-{trial.name}-{secrets.token_hex(3)}"
        folder = self._folder / room
        stage = Stage(self._stack, room=room, folder=folder, chronicle=Chronicle(tell=lambda _line: None))
        began, act = now(), Act(stage, detour=self._detour, dice=turn.dice)
        async with act.truth.watched(), stage.at_the_end:
            stopped = await played(trial.play, act)
            rows = await _rows(act)
        await stage.desk.close()
        judgement = judge(_history(act, trial, rows, self._detour))
        broken = [*([f"stopped: {stopped}"] if stopped else []), *stage.complaints, *judgement.broken]
        for row in rows:
            act.rows.write_down(row)
        _write_down(act, folder, kept=bool(broken))
        return _told(turn, act, judgement, broken, took_s=round(now() - began, 1))


async def _rows(act: Act) -> list[Json]:
    try:
        return await act.rows.all()
    except DeskError as error:
        act.stage.complaints.append(str(error))
        return []


def _history(act: Act, trial: Trial, rows: list[Json], detour: Detour) -> History:
    stage = act.stage
    return History(
        limits=trial.limits,
        attendance=stage.attendance,
        ai_at_ear=stage.hearsay.heard[("caller", "ai")],
        sights=act.truth.sights,
        rows=rows,
        seats=[*act.maria.seats, *act.jonas.seats],
        told_at=[each.at for each in stage.chronicle.moments if each.step == "sms_sent"],
        until=stage.chronicle.at("caller_left") or now(),
        webhooks=[each for each in detour.seen if each.kind == "webhook" and each.room == stage.room],
    )


def _told(turn: Turn, act: Act, judgement: Judgement, broken: list[str], *, took_s: float) -> Result:
    struck = sum(fault.struck for fault in act.faults)
    if act.faults and not struck:
        broken.append("the fault never struck, so nothing was shown")
    return Result(
        turn=turn,
        broken=broken,
        checked=judgement.checked,
        figures=judgement.figures,
        remarks=act.stage.figures,
        struck=struck,
        took_s=took_s,
        secrets=[
            *_words(act),
            *(person.link.rpartition("/")[2] for person in (act.maria, act.jonas) if person.link),
        ],
    )


def _words(act: Act) -> list[str]:
    """Sentences that nobody else has a reason to write: what the product says to everybody is no secret."""
    return [
        PLEA,
        *(
            text
            for each in act.stage.overheard
            if each.role == "caller" and len(text := each.text) > _SENTENCE
        ),
    ]


def _write_down(act: Act, folder: Path, *, kept: bool) -> None:
    """All of a handoff that broke a promise, and nothing of one that kept them."""
    if not kept:
        shutil.rmtree(folder, ignore_errors=True)
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    sights = [asdict(each) for each in act.truth.sights]
    (folder / "steps.json").write_text(act.stage.chronicle.as_json())
    (folder / "sights.json").write_text(json.dumps(sights, indent=1, default=sorted) + "\n")
