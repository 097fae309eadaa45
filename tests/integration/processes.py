"""A process that a test or a benchmark needs: ready when it is given, and ended afterwards."""

import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from local.stack.places import ROOT

READY_SECONDS = 90.0


class NotUpError(RuntimeError):
    """A process ended, or was not ready in time; with the end of its log."""


@contextmanager
def running(
    command: list[str],
    log: Path,
    ready: Callable[[bytes], bool],
    *,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    within_s: float = READY_SECONDS,
) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=cwd, env=env, stdout=output, stderr=output)
    try:
        _wait(process, log, ready, within_s)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(
    process: subprocess.Popen[bytes], log: Path, ready: Callable[[bytes], bool], within_s: float
) -> None:
    deadline = time.monotonic() + within_s
    while not ready(log.read_bytes()):
        if process.poll() is not None or time.monotonic() > deadline:
            raise NotUpError(log.read_text(errors="replace")[-3000:])
        time.sleep(0.1)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2):  # noqa: S310
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
