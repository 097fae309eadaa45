"""The bundle that is measured, and the name under which its figures are kept."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from infra import bundling
from infra.context import load_config

_FOLDER = Path.home() / ".cache" / "livekit-handoff" / "bench"


def built() -> Path:
    """Always at the same place: the length of a path counts."""
    bundle = _FOLDER / "bundle"
    shutil.rmtree(bundle, ignore_errors=True)
    bundle.mkdir(parents=True)
    bundling.build(bundle, target=load_config({"stage": "laptop"}.get).target)
    return bundle


def digest(bundle: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(bundle.rglob("*")):
        if path.is_file():
            found.update(str(path.relative_to(bundle)).encode())
            found.update(path.read_bytes())
    return found.hexdigest()[:24]


def kept(name: str) -> Path:
    return _FOLDER / f"{name}.json"
