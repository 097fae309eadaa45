"""`python -m local.rehearsal.chaos --count 20`: a stack, a plan, a report; exit 0 if all was kept."""

import argparse
import asyncio
import os
import random
import sys
from contextlib import suppress
from pathlib import Path

from local.rehearsal.chaos.catalogue import BY_NAME
from local.rehearsal.chaos.detour import Detour
from local.rehearsal.chaos.leaks import leaks
from local.rehearsal.chaos.picture import draw
from local.rehearsal.chaos.plan import Turn, drawn
from local.rehearsal.chaos.report import Facts, as_json, broken, complaints, page
from local.rehearsal.chaos.run import LANES, Result, Run
from local.rehearsal.chaos.seams import detoured
from local.rehearsal.clock import now
from local.stack import stack_file
from local.stack.clock import utc_now
from local.stack.errors import StackError
from local.stack.places import LOCAL
from local.stack.running import running
from local.stack.stack_file import StackFile

_FACTOR = "0.25"
# A farewell follows at once, and could not be told from a sentence that was not cut.
_NO_FAREWELL = {"HANDOFF_FAREWELL": "off"}
_HIGHEST_SEED = 10_000


def main() -> int:
    asked = _arguments().parse_args()
    seed = random.randint(1, _HIGHEST_SEED) if asked.seed is None else asked.seed  # noqa: S311 - a plan's name
    turns = drawn(asked.count, seed, asked.faults or list(BY_NAME))
    if asked.only:
        turns = [turn for turn in turns if turn.number in asked.only]
    try:
        return _play(turns, seed=seed, folder=asked.out, again=asked.again)
    except (StackError, OSError) as error:
        print(f"no chaos: {error}", file=sys.stderr)
        return 1


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m local.rehearsal.chaos", description=__doc__)
    parser.add_argument("--count", type=int, default=20, help="how many handoffs")
    parser.add_argument("--seed", type=int, help="the plan; a new one where none is given")
    parser.add_argument("--only", type=int, nargs="*", help="these handoffs of the plan")
    parser.add_argument("--faults", nargs="*", choices=tuple(BY_NAME), help="draw from these")
    parser.add_argument(
        "--again", action="store_true", help="what broke is played again, and fails only then"
    )
    parser.add_argument("--out", type=Path, default=LOCAL, help="where chaos.md and chaos.json go")
    return parser


def _play(turns: list[Turn], *, seed: int, folder: Path, again: bool) -> int:
    os.environ.setdefault("HANDOFF_TIME_FACTOR", _FACTOR)
    os.environ.update(_NO_FAREWELL)
    up_already = stack_file.read() is not None
    with running(worker=_NO_FAREWELL if up_already else None) as stack:
        print(f"\nchaos with seed {seed}: {len(turns)} handoffs", flush=True)
        playing = _results(stack, turns, seed=seed, folder=folder, stays=up_already, again=again)
        results, facts = asyncio.run(playing)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / "chaos.json").write_text(as_json(results, facts))
    (folder / "chaos.md").write_text(page(results, facts))
    (folder / "chaos.svg").write_text(draw(results))
    return _tell(results, facts)


async def _results(
    stack: StackFile, turns: list[Turn], *, seed: int, folder: Path, stays: bool, again: bool
) -> tuple[list[Result], Facts]:
    began, detour = now(), Detour()
    run = Run(stack, detour, folder=folder / "chaos")
    async with detoured(stack, detour, lanes=LANES, stays=stays):
        # What was played before somebody had enough is told all the same.
        with suppress(asyncio.CancelledError):
            await run.play(turns)
            if again:
                await run.play_again()
    results = run.results
    secrets = [secret for each in [*results, *run.repeated] for secret in each.secrets]
    facts = Facts(
        seed=seed,
        at=utc_now()[:16] + "Z",
        took_s=round(now() - began, 1),
        factor=stack.time_factor,
        at_first=complaints(run.repeated),
        leaks=await asyncio.to_thread(leaks, stack, secrets),
    )
    return results, facts


def _tell(results: list[Result], facts: Facts) -> int:
    found = broken(results, facts)
    print(f"\n{len(results)} handoffs in {facts.took_s / 60:.1f} min, seed {facts.seed}; .local/chaos.md")
    print("".join(f"  broken at first: {each}\n" for each in facts.at_first), end="")
    print("\n".join(f"  BROKEN {each}" for each in found) or "every promise was kept", flush=True)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
