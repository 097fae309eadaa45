"""Where the laptop keeps its files: `.local` for this clone, the cache for what survives a new clone."""

import os
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
LOCAL: Final = ROOT / ".local"
LOGS: Final = LOCAL / "logs"
ACTIONS_LOG: Final = LOGS / "actions.log"
STACK_FILE: Final = LOCAL / "stack.json"
LEDGER_FILE: Final = LOCAL / "processes.json"
PORTS_FILE: Final = LOCAL / "ports.json"
CDK_OUT: Final = LOCAL / "cdk.out"
PYTHON: Final = Path(sys.executable)


def cache() -> Path:
    """The folder for what is slow to get; `HANDOFF_CACHE` moves it."""
    return Path(os.environ.get("HANDOFF_CACHE", Path.home() / ".cache" / "livekit-handoff"))


def private_folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path
