"""Compiles requirements/*.in into hashed locks: one lock for every Python from 3.11 on."""

import os
import subprocess
from typing import Final

from local.setup import tools
from local.stack.places import ROOT, cache
from local.stack.progress import say

LOCKED: Final = ("agent", "api", "infra", "dev", "aws", "emulator")
OPTIONS: Final = (
    "--quiet",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
)


def compile_locks() -> int:
    """What is in a lock already stays at its version; deleting a lock first brings newer ones."""
    folders = {"requirements": LOCKED, "local/setup": ("uv",)}
    for folder, names in folders.items():
        for name in names:
            say(f"  {folder}/{name}.txt")
            _compile(folder, name)
    return 0


def _compile(folder: str, name: str) -> None:
    argv = [str(tools.uv()), "pip", "compile", *OPTIONS, f"{name}.in", "--output-file", f"{name}.txt"]
    env = {**os.environ, "UV_CACHE_DIR": str(cache() / "uv")}
    subprocess.run(argv, cwd=ROOT / folder, env=env, check=True)
