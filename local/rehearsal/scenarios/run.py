"""Plays scenarios one after another against one stack, each with a deadline, and writes each down."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from local.rehearsal.clock import now
from local.rehearsal.conductor import ActorFailedError
from local.rehearsal.desk import DeskError
from local.rehearsal.readiness import wait_for_the_worker
from local.rehearsal.scenarios.call import Call
from local.rehearsal.scenarios.catalogue import PLAYS, Play
from local.rehearsal.scenarios.chronicle import Chronicle
from local.rehearsal.scenarios.jobs import NoJobError
from local.rehearsal.scenarios.outcome import Outcome, conclude
from local.rehearsal.scenarios.stage import Stage
from local.stack.stack_file import StackFile

_WITHIN_S = 300.0
_C = TypeVar("_C", bound=Call)


async def run(stack: StackFile, names: list[str], *, folder: Path) -> list[Outcome]:
    return [await run_one(stack, name, PLAYS[name], folder=folder) for name in names]


async def run_one(stack: StackFile, name: str, play: Play, *, folder: Path) -> Outcome:
    print(f"\n{name}", flush=True)
    outcome = await _concluded(stack, name, play, folder=folder)
    verdict = "passed" if outcome.passed else "; ".join(outcome.complaints)
    print(f"  {name}: {verdict}; {outcome.alone_s:.2f} s without a partner", flush=True)
    return outcome


async def _concluded(stack: StackFile, name: str, play: Play, *, folder: Path) -> Outcome:
    await wait_for_the_worker(stack.control_url)
    began, room = now(), f"{name}-{secrets.token_hex(3)}"
    chronicle = Chronicle(tell=lambda line: print(line, flush=True))
    stage = Stage(stack, room=room, folder=folder, chronicle=chronicle)
    async with stage.at_the_end:
        call = Call(stage)
        stopped = await played(play, call)
        await look_up_the_rows(call)
    await stage.desk.close()
    _write_down(stage, folder, name)
    return conclude(name, stage, began=began, stopped=stopped)


async def played(play: Callable[[_C], Awaitable[None]], call: _C) -> str:
    """Why it stopped early, or nothing when it went to its end."""
    try:
        async with asyncio.timeout(_WITHIN_S * max(1.0, 2 * call.stage.stack.time_factor)):
            await play(call)
    except TimeoutError as late:
        return str(late) or "the whole scenario took too long"
    except (ActorFailedError, DeskError, NoJobError) as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - whatever it was, the other scenarios are still to be played
        return f"{type(error).__name__}: {error}"
    return ""


async def look_up_the_rows(call: Call) -> None:
    try:
        for row in await call.rows.all():
            call.rows.write_down(row)
    except DeskError as error:
        call.stage.complaints.append(str(error))


def _write_down(stage: Stage, folder: Path, name: str) -> None:
    (folder / "logs").mkdir(exist_ok=True, mode=0o700, parents=True)
    (folder / f"demo-{name}.json").write_text(stage.chronicle.as_json())
    # What was understood of what was said explains most of what went otherwise than it should.
    words = (f"{stage.chronicle.ms(each.at):>7} {each.role}: {each.text}\n" for each in stage.overheard)
    (folder / "logs" / f"words-{name}.txt").write_text("".join(words))
