"""Chooses free loopback ports and keeps them over starts, so that deployed addresses stay true."""

import json
import secrets
import socket
from pathlib import Path
from typing import Final

from local.stack.files import write_private

NAMES: Final = (
    "front_door",
    "control",
    "inbox",
    "aws",
    "livekit",
    "livekit_media",
    "speech",
    "worker_health",
    "next_worker_health",
)
LOOPBACK: Final = "127.0.0.1"
# Below those of outgoing connections, one of which could take a port between our choice and its use.
LISTENING: Final = range(20_000, 32_000)


def choose(path: Path) -> dict[str, int]:
    """Take last time's ports where they are free, others otherwise, and remember them."""
    known = remembered(path)
    ports: dict[str, int] = {}
    for name in NAMES:
        ports[name] = _port(known.get(name), taken=set(ports.values()))
    write_private(path, json.dumps(ports, indent=2))
    return ports


def remembered(path: Path) -> dict[str, int]:
    """Those of the stack that is up, or that was last."""
    try:
        return {name: int(port) for name, port in json.loads(path.read_text()).items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _port(wanted: int | None, *, taken: set[int]) -> int:
    if wanted and wanted in LISTENING and wanted not in taken and is_free(wanted):
        return wanted
    while (port := any_free()) in taken:
        pass
    return port


def is_free(port: int) -> bool:
    """Free for TCP and UDP; SO_REUSEADDR overlooks connections of the last run that still fade away."""
    return _binds(port, socket.SOCK_STREAM) and _binds(port, socket.SOCK_DGRAM)


def _binds(port: int, kind: int) -> bool:
    with socket.socket(socket.AF_INET, kind) as probe:
        if kind == socket.SOCK_STREAM:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def any_free() -> int:
    while not is_free(port := secrets.choice(LISTENING)):
        pass
    return port
