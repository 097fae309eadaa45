"""Builds the worker's image in a clean root, starts it as Fargate would, and asks its health check."""

import contextlib
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from local.image.build import Build, Image
from local.image.context import Context
from local.image.dockerfile import read
from local.image.root import StepFailedError
from local.stack.places import ROOT
from local.stack.progress import say

HEALTHY_WITHIN: Final = 300.0
# Nobody listens there: the image must come up without any network.
SETTINGS: Final = {
    "HANDOFF_STAGE": "laptop",
    "LIVEKIT_URL": "ws://127.0.0.1:9",
    "LIVEKIT_API_KEY": "image-check",
    "LIVEKIT_API_SECRET": "image-check-image-check-image-check",
}


def check() -> int:
    with _scratch() as folder:
        build = Build(folder, Context(ROOT), source=ROOT)
        images = [build.stage(stage) for stage in read((ROOT / "Dockerfile").read_text())]
        size = sum(file.stat().st_size for file in _files(images[-1]))
        say(f"  {size / 1e6:.0f} MB on top of the base image")
        took = _comes_up(images[-1], folder / "worker.log")
    say(f"  healthy after {took:.0f} s: as user {images[-1].user}, on a read-only root, without a network")
    return 0


def _files(image: Image) -> Iterator[Path]:
    for folder in ("opt", "app"):
        found = image.root.inside(folder).rglob("*")
        yield from (file for file in found if file.is_file() and not file.is_symlink())


def _comes_up(image: Image, log: Path) -> float:
    """The check runs beside the worker, as Docker runs it: in the same namespaces."""
    command, ask = shlex.join(image.command), shlex.join(image.health)
    loop = f"{command} & while ! {ask} 2>/dev/null; do kill -0 $! || exit 1; sleep 1; done"
    argv = image.root.argv(
        ["/bin/sh", "-c", loop],
        {**image.env, **SETTINGS},
        folder=image.folder,
        user=image.user,
        group=image.group,
        read_only=True,
        alone=True,
    )
    began = time.monotonic()
    with log.open("wb") as written:
        try:
            done = subprocess.run(
                argv, cwd=ROOT, stdout=written, stderr=written, timeout=HEALTHY_WITHIN, check=False
            )
        except subprocess.TimeoutExpired:
            done = None
    if done is None or done.returncode != 0:
        raise StepFailedError("the worker's health check", log.read_text(errors="replace")[-3000:])
    return time.monotonic() - began


@contextlib.contextmanager
def _scratch() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="handoff-image-"))
    # Its steps belong to several users, who all have to reach it.
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
