"""The bundle that is measured, and the name under which its figures are kept."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra import bundling
from infra.context import load_config

_FOLDER = Path.home() / ".cache" / "livekit-handoff" / "bench"


@contextmanager
def built() -> Iterator[Path]:
    """At a place of its own whose name has always the same length: a path's length counts."""
    _FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_FOLDER, prefix="bundle-") as folder:
        bundling.build(Path(folder), target=load_config({"stage": "laptop"}.get).target)
        yield Path(folder)


def digest(bundle: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(bundle.rglob("*")):
        if path.is_file():
            found.update(str(path.relative_to(bundle)).encode())
            found.update(path.read_bytes())
    return found.hexdigest()[:24]


def kept(name: str) -> Path:
    return _FOLDER / f"{name}.json"
