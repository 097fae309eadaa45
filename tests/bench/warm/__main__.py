"""`python -m tests.bench.warm`: what a warm request takes beyond the calls to AWS and LiveKit that it makes.

The real doors in this process, an embedded AWS and a small LiveKit on loopback. Each request's own calls are
timed within it, so that whatever else this machine does hits both sides of the ratio.
"""

import argparse
import json
import os
import statistics
import time
from collections import defaultdict
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from livekit import api as livekit_api

from tests.bench import machine
from tests.bench.warm.outside import Outside, covered, noted
from tests.integration.deployed import environment
from tests.integration.embedded_aws import Aws, embedded_aws
from tests.unit.lambda_api.http.surroundings import ADMIN_KEY
from tests.unit.lambda_api.http.twirp import Twirp

RESULTS: Final = Path(__file__).parents[1] / "warm.json"
_WARMING: Final = 3
Row = dict[str, float]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.warm", description=__doc__)
    parser.add_argument("--rounds", type=int, default=31)
    rounds = parser.parse_args().rounds
    livekit = Twirp(answers={"SendData": [livekit_api.SendDataResponse()]})
    with TemporaryDirectory() as folder, embedded_aws(Path(folder)) as aws, livekit.served():
        os.environ.update(_environment(aws, livekit.url))
        with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
            rows = measured(aws, rounds=rounds)
    found = {name: _summed_up(each) for name, each in rows.items()}
    RESULTS.write_text(json.dumps({"machine": machine.facts(), "requests": found}, indent=2) + "\n")
    print(_table(found))
    return 0


def measured(aws: Aws, *, rounds: int) -> dict[str, list[Row]]:
    # The doors read their environment when they are imported.
    from tests.bench.warm.handoff import handoff, put_somebody_on_duty

    put_somebody_on_duty()
    rows: dict[str, list[Row]] = defaultdict(list)
    for _ in range(_WARMING + rounds):
        steps = handoff(aws)
        step: Any = next(steps)
        while step:
            name, door, event = step
            row, answer = _timed(door, event)
            rows[name].append(row)
            step = _after(steps, answer)
    return {name: each[_WARMING:] for name, each in rows.items()}


def _after(steps: Any, answer: Any) -> Any:
    try:
        return steps.send(answer)
    except StopIteration:
        return None


def _timed(door: Any, event: Any) -> tuple[Row, Any]:
    outside = Outside()
    with noted(outside):
        began = time.perf_counter()
        answer = door(event, None)
        took = time.perf_counter() - began
    if answer["statusCode"] >= 300:
        raise RuntimeError(answer)
    waited = covered([*outside.aws, *outside.livekit])
    calls = {"aws_calls": len(outside.aws), "livekit_calls": len(outside.livekit)}
    took_ms, waited_ms = took * 1000, waited * 1000
    return {"ms": took_ms, "waited_ms": waited_ms, "own_ms": took_ms - waited_ms, **calls}, answer


def _summed_up(rows: list[Row]) -> Row:
    found = {name: statistics.median(row[name] for row in rows) for name in rows[0]}
    ratio = statistics.median(row["ms"] / row["waited_ms"] for row in rows)
    return {name: round(value, 2) for name, value in {**found, "ratio": ratio}.items()}


def _table(found: dict[str, Row]) -> str:
    names = "| request | ms | of it waiting | our own | AWS calls | LiveKit calls | ratio |"
    head = [names, "|---|" + "---:|" * 6]
    rows = (f"| {name} | {' | '.join(f'{one:g}' for one in row.values())} |" for name, row in found.items())
    return "\n".join([*head, *rows])


def _environment(aws: Aws, livekit_url: str) -> dict[str, str]:
    parts = {"table": aws.table(), "topic": aws.topic(), "queue": aws.queue(), "admin": aws.secret(ADMIN_KEY)}
    return environment(aws, **parts, url=livekit_url)


if __name__ == "__main__":
    raise SystemExit(main())
