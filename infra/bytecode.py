"""Compiles a bundle to bytecode that stays valid whatever dates the files are given."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

_WHERE_LAMBDA_UNPACKS = "/var/task"


def find_interpreter(version: str) -> str | None:
    """Bytecode of another version is dead weight: only the runtime's own version may compile."""
    for candidate in (sys.executable, shutil.which(f"python{version}")):
        if candidate and _version_of(candidate) == version:
            return candidate
    return None


def compile_tree(tree: Path, *, interpreter: str, only: Path | None = None) -> None:
    # The CLI zips with dates of 1980, which makes ordinary bytecode stale, and /var/task cannot be
    # written: every cold start would compile anew. A fixed hash seed and path keep it byte-identical.
    mode = ("--invalidation-mode", "unchecked-hash")
    paths = ("-s", str(tree), "-p", _WHERE_LAMBDA_UNPACKS)
    subprocess.run(
        [interpreter, "-I", "-m", "compileall", "-q", "-f", "-j", "1", *mode, *paths, str(only or tree)],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )


def _version_of(interpreter: str) -> str | None:
    question = "import sys; print('%d.%d' % sys.version_info[:2], end='')"
    answer = subprocess.run(
        [interpreter, "-I", "-c", question], capture_output=True, text=True, check=False, timeout=30
    )
    return answer.stdout if answer.returncode == 0 else None
