"""`python -m local.rehearsal --scenario NAME|all`: a shortened stack, the plays, the table."""

import asyncio
import os
from pathlib import Path

from local.rehearsal.scenarios.catalogue import PLAYS, about
from local.rehearsal.scenarios.run import run
from local.rehearsal.scenarios.table import page, table
from local.stack.clock import utc_now
from local.stack.running import running

# Short enough for all scenarios in a row, long enough for a person's second of reading.
_FACTOR = "0.25"


def play(scenario: str, *, folder: Path) -> int:
    """Against the stack that is up, with its times; one that starts for this has shortened ones."""
    os.environ.setdefault("HANDOFF_TIME_FACTOR", _FACTOR)
    names = list(PLAYS) if scenario == "all" else [scenario]
    with running() as stack:
        outcomes = asyncio.run(run(stack, names, folder=folder))
    print(f"\n{table(outcomes, factor=stack.time_factor)}", flush=True)
    written = folder / ("scenarios.md" if scenario == "all" else f"demo-{scenario}.md")
    written.write_text(page(outcomes, factor=stack.time_factor, at=utc_now()[:16] + "Z", about=about))
    return 0 if all(each.passed for each in outcomes) else 1
