"""A livekit-server and a worker of one's own, as processes."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import yaml

from local.setup import tools
from local.stack import livekit_server
from local.stack.livekit_server import LiveKit
from local.stack.places import ROOT
from local.stack.ports import any_free
from local.stack.registration import REGISTERED
from tests.integration.processes import NotUpError, answers, running


@contextmanager
def livekit_of_ones_own(folder: Path, *, webhook_url: str = "") -> Iterator[LiveKit]:
    """Without an address for webhooks whoever is in a room has to see by itself who comes and goes."""
    binary = tools.livekit_server()
    if binary is None:
        raise NotUpError("livekit-server is missing: make setup")
    port = any_free()
    livekit = livekit_server.fresh(port)
    config = livekit_server.configuration(livekit, port=port, media_port=any_free(), webhook_url=webhook_url)
    if not webhook_url:
        del config["webhook"]
    (folder / "livekit.yaml").write_text(yaml.safe_dump(config))
    command = [str(binary), "--config", str(folder / "livekit.yaml")]
    with running(command, folder / "livekit.log", lambda _: answers(f"http://127.0.0.1:{port}/")):
        yield livekit


@contextmanager
def worker(module: str, folder: Path, livekit: LiveKit, more: Mapping[str, str]) -> Iterator[None]:
    """`python -m module start`, once it takes calls; nothing of a developer's settings reaches it."""
    env = {
        "PATH": os.environ["PATH"],
        "HOME": os.environ["HOME"],
        "PYTHONPATH": str(ROOT),
        "LIVEKIT_URL": livekit.url,
        "LIVEKIT_API_KEY": livekit.api_key,
        "LIVEKIT_API_SECRET": livekit.api_secret,
        **more,
    }
    command = [sys.executable, "-m", module, "start"]
    with running(command, folder / "worker.log", lambda log: REGISTERED in log, cwd=folder, env=env):
        yield
