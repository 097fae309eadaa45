"""Gives a program the running stack, and starts one for as long as it needs it when none is up.

    with running() as stack:
        requests.get(stack.api_url + "/healthz")

`HANDOFF_FAREWELL` and its like are given as `worker={"HANDOFF_FAREWELL": "off"}`: the worker of a stack that
is up already is started again with them, and once more without them at the end.
"""

import contextlib
import json
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from typing import Final

from local.stack import stack_file
from local.stack.errors import NotReadyError, StackError
from local.stack.places import ROOT
from local.stack.stack_file import StackFile

PATIENCE: Final = 420.0
PATIENCE_AT_THE_END: Final = 30.0
GLANCE: Final = 0.1


class NotStartedError(StackError):
    def __init__(self, code: int) -> None:
        super().__init__(f"`python -m local up` ended with exit code {code}")


@contextlib.contextmanager
def running(*, worker: Mapping[str, str] | None = None) -> Iterator[StackFile]:
    with _one() as stack, _worker_with(stack, worker or {}):
        yield stack


@contextlib.contextmanager
def _one() -> Iterator[StackFile]:
    there = stack_file.read()
    if there is not None:
        yield there
        return
    process = subprocess.Popen([sys.executable, "-m", "local", "up"], cwd=ROOT, start_new_session=True)
    try:
        yield _ready(process)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE_AT_THE_END)


def _ready(process: subprocess.Popen[bytes]) -> StackFile:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if (stack := stack_file.read()) is not None:
            return stack
        with contextlib.suppress(subprocess.TimeoutExpired):
            raise NotStartedError(process.wait(GLANCE))
    raise NotReadyError("the stack", PATIENCE)


@contextlib.contextmanager
def _worker_with(stack: StackFile, overrides: Mapping[str, str]) -> Iterator[None]:
    if not overrides:
        yield
        return
    set_worker(stack, overrides)
    try:
        yield
    finally:
        set_worker(stack, {})


def set_worker(stack: StackFile, overrides: Mapping[str, str]) -> None:
    """Start the worker again with other settings; return when it takes calls."""
    _post(f"{stack.control_url}/worker", dict(overrides))


def roll_worker(stack: StackFile) -> None:
    """Deploy anew: another worker takes calls, then the one before is asked to stop; return when it has."""
    _post(f"{stack.control_url}/worker/roll", {}, within_s=310)


def deliver_webhooks(stack: StackFile, *, deliver: bool) -> None:
    _post(f"{stack.control_url}/webhooks", {"deliver": deliver})


def go_by(stack: StackFile, by_way_of: str) -> None:
    """Have everything on its way from the front door to the API pass this address on loopback, or none."""
    _post(f"{stack.control_url}/way", {"by_way_of": by_way_of})


def restart_livekit(stack: StackFile) -> None:
    """Kill it and start it again; its rooms are gone."""
    _post(f"{stack.control_url}/livekit/restart", {})


def _post(url: str, body: object, *, within_s: float = 90) -> None:
    request = urllib.request.Request(  # noqa: S310 - a loopback address of our own
        url, data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=within_s):  # noqa: S310
        return
