"""What a benchmark ran on."""

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path

from local.setup.tools import LIVEKIT_VERSION


def facts() -> dict[str, object]:
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "livekit-server": LIVEKIT_VERSION,
        **{name: version(name) for name in ("livekit", "livekit-agents")},
    }


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*:\s*(.+)", described.read_text()) if described.exists() else None
    return found[1] if found else platform.machine()
