"""Finds the process of the AI that is in a room, among the worker's own children and nowhere else."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from local.stack.places import LOGS
from local.stack.stack_file import StackFile

WORKER_LOG = LOGS / "worker.log"


class NoJobError(RuntimeError):
    def __init__(self, room: str) -> None:
        super().__init__(f"no process of the worker has the AI of {room}")


def job_pid(stack: StackFile, room: str, log: Path = WORKER_LOG) -> int:
    """The pid that the worker's log names last for this room."""
    pid = named(log.read_text(errors="replace").splitlines(), room)
    workers = {int(each["pid"]) for each in stack.processes if each["name"] == "worker"}
    if pid is None or not workers & set(ancestors(pid)):
        raise NoJobError(room)
    return pid


def named(lines: Iterable[str], room: str) -> int | None:
    found = [facts["pid"] for facts in map(_facts, lines) if facts.get("room") == room and "pid" in facts]
    return int(found[-1]) if found else None


def _facts(line: str) -> dict[str, Any]:
    try:
        facts = json.loads(line)
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}


def ancestors(pid: int) -> list[int]:
    found: list[int] = []
    while pid > 1:
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            return found
        pid = int(stat.rpartition(")")[2].split()[1])
        found.append(pid)
    return found
