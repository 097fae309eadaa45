"""A function in AWS's runtime interface emulator, up to its first answer: how long its INIT took."""

from __future__ import annotations

import os
import re
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from local.setup import tools
from local.stack.ports import any_free
from tests.integration.processes import running

_ANSWERS_WITHIN_S: Final = 60
_INIT: Final = re.compile(r"INIT REPORT\(durationMs: ([\d.]+)\)")


class NoInitError(Exception):
    """The function did not start, or the emulator told no figure."""


def init_ms(module: str, *paths: Path, told: Mapping[str, str], log: Path) -> float:
    """Milliseconds of `module`'s INIT with nothing but these folders and the standard library to import."""
    with _emulated(module, paths, told, log) as port:
        _ask(port)
    found = _INIT.search(log.read_text(errors="replace"))
    if found is None:
        raise NoInitError(log.read_text(errors="replace")[-2000:])
    return float(found[1])


@contextmanager
def _emulated(module: str, paths: tuple[Path, ...], told: Mapping[str, str], log: Path) -> Iterator[int]:
    home, port = tools.emulator_home(), any_free()
    here = (f"127.0.0.1:{port}", f"127.0.0.1:{any_free()}")
    command = [
        str(home / "aws-lambda-rie"),
        *("--runtime-interface-emulator-address", here[0], "--runtime-api-address", here[1]),
        *(sys.executable, "-S", "-B", "-m", "awslambdaric", f"{module}.handler"),
    ]
    environment = {
        **told,
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(map(str, (*paths, home / "client"))),
        "AWS_LAMBDA_FUNCTION_NAME": module.rpartition(".")[2],
        # What it would ask AWS for is refused at once: only the start is of interest.
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
    }
    with running(command, log, lambda _: _listens(port), env=environment):
        yield port


def _listens(port: int) -> bool:
    with socket.socket() as knocking:
        return knocking.connect_ex(("127.0.0.1", port)) == 0


def _ask(port: int) -> None:
    """The first event, which makes the emulator start the function; whatever it answers is right."""
    address = f"http://127.0.0.1:{port}/2015-03-31/functions/function/invocations"
    with (
        suppress(urllib.error.HTTPError),
        urllib.request.urlopen(address, data=b"{}", timeout=_ANSWERS_WITHIN_S),
    ):
        pass
