"""How many instructions a function's start takes: a figure that repeats on a noisy machine."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

DOORS: Final = ("api", "webhooks", "timers", "gate")
VALGRIND: Final = "valgrind"
_WITHIN_S: Final = 600
_GROWTH: Final = 1.01
_ARN = "arn:aws:secretsmanager:eu-central-1:000000000000:secret:"
_KEYS = {"worker": {"secret_arn": f"{_ARN}worker", "scopes": ["escalations:write"]}}
# As a function of the cloud has it: there the clients are made at the start, before the first event.
TOLD: Final = {
    "HANDOFF_STAGE": "prod",
    "HANDOFF_TABLE": "table",
    "HANDOFF_TOPIC_ARN": "arn:aws:sns:eu-central-1:000000000000:topic",
    "HANDOFF_TIMERS_QUEUE_URL": "https://sqs.eu-central-1.amazonaws.com/000000000000/timers",
    "HANDOFF_PUBLIC_URL": "https://handoff.example.com",
    "HANDOFF_AGENT_NAME": "agent",
    "HANDOFF_LIVEKIT_SECRET_ARN": f"{_ARN}livekit",
    "HANDOFF_LINK_SECRET_ARN": f"{_ARN}link",
    "HANDOFF_ORIGIN_SECRET_ARN": f"{_ARN}origin",
    "HANDOFF_SMS_MAX_PRICE_USD": "0.1",
    "HANDOFF_SMS_AN_HOUR": "100",
    "HANDOFF_SERVICE_KEYS": json.dumps(_KEYS),
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "key",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "PYTHONHASHSEED": "0",
}


class NotCountedError(Exception):
    """The program under valgrind failed, or told no figure."""


def can_count() -> bool:
    return shutil.which(VALGRIND) is not None


def counted(bundle: Path) -> dict[str, int]:
    """Instructions of each door's import from its real bundle, clients included."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        figures = pool.map(lambda door: count(f"lambda_api.doors.{door}", bundle), DOORS)
        return dict(zip(DOORS, figures, strict=True))


def count(module: str, *paths: Path) -> int:
    """In an interpreter of its own that sees nothing but these folders and the standard library."""
    program = f"import sys; sys.path[:0] = {[str(path) for path in paths]}; import {module}"
    return _instructions(["-c", program], TOLD)


def count_nothing() -> int:
    return _instructions(["-c", "pass"], TOLD)


def grown(found: Mapping[str, int], committed: Mapping[str, int]) -> list[str]:
    """The doors whose start takes over one in a hundred more than was committed, or was never committed."""
    return [door for door in DOORS if found[door] > committed.get(door, 0) * _GROWTH]


def _instructions(arguments: list[str], told: Mapping[str, str]) -> int:
    tool = [VALGRIND, "--tool=cachegrind", "--cache-sim=no", f"--cachegrind-out-file={os.devnull}"]
    done = subprocess.run(
        [*tool, sys.executable, "-S", "-E", "-s", "-B", *arguments],
        env={**told, "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=_WITHIN_S,
        check=False,
    )
    found = re.search(r"I\s+refs:\s+([\d,]+)", done.stderr)
    if done.returncode or found is None:
        raise NotCountedError(done.stderr[-2000:])
    return int(found[1].replace(",", ""))
