"""The processes that this clone's stack has started; after a crash the next start ends exactly those."""

import json
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from local.stack.files import write_private
from local.stack.identities import Identity

PATIENCE: Final = 6.0
GLANCE: Final = 0.05


class Ledger:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._entries: list[Identity] = []
        self._follower: Callable[[], None] | None = None

    def follow(self, follower: Callable[[], None]) -> None:
        """Tell somebody now and whenever a process is another one."""
        self._follower = follower
        follower()

    @property
    def entries(self) -> tuple[Identity, ...]:
        return tuple(self._entries)

    def add(self, entry: Identity) -> None:
        """Beside an older one of the same name only while that lives, and say so on disk at once."""
        kept = [kept for kept in self._entries if kept.name != entry.name or kept.alive()]
        self._entries = [*kept, entry]
        write_private(self._path, json.dumps([kept.as_dict() for kept in self._entries]))
        if self._follower:
            self._follower()

    def clear(self) -> None:
        self._path.unlink(missing_ok=True)


def recorded(path: Path) -> list[Identity]:
    """The recorded processes that are still alive."""
    try:
        found = [Identity(**entry) for entry in json.loads(path.read_text())]
    except (OSError, ValueError, TypeError):
        return []
    return [entry for entry in found if entry.alive()]


def end(entries: list[Identity], *, patience: float = PATIENCE) -> None:
    """Ask them to end, and insist when the patience is over."""
    for entry in entries:
        entry.signal_group(signal.SIGTERM)
    _wait_for_end(entries, patience)
    for entry in entries:
        entry.signal_group(signal.SIGKILL)
    _wait_for_end(entries, patience)


def _wait_for_end(entries: list[Identity], patience: float) -> None:
    deadline = time.monotonic() + patience
    while any(entry.alive() for entry in entries) and time.monotonic() < deadline:
        time.sleep(GLANCE)
