"""Knows a process by its pid and the moment it started, so that a reused pid is never mistaken for ours."""

import contextlib
import os
import signal
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Identity:
    """One started process; `started` is its start in clock ticks since boot, as /proc tells it."""

    name: str
    pid: int
    started: int

    def alive(self) -> bool:
        return started_at(self.pid) == self.started

    def signal_group(self, number: signal.Signals) -> None:
        """Signal the process and what it started, if it still is the one recorded."""
        if not self.alive():
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            # The stack itself may belong to a group of somebody else's: make's, or a shell's.
            if os.getpgid(self.pid) == self.pid:
                os.killpg(self.pid, number)
            else:
                os.kill(self.pid, number)

    def as_dict(self) -> dict[str, str | int]:
        return asdict(self)


def identify(name: str, pid: int) -> Identity:
    return Identity(name=name, pid=pid, started=started_at(pid) or 0)


def started_at(pid: int) -> int | None:
    """The start time of a running process; None for none and for a zombie."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    state, *fields = stat.rpartition(")")[2].split()
    return None if state in {"Z", "X"} else int(fields[18])
