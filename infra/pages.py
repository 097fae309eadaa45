"""Takes the built pages into the API's bundle, each file also packed once for all who load it."""

from __future__ import annotations

import gzip
import shutil
import sys
from pathlib import Path

from infra.config import ROOT

DIST = Path("web") / "dist"
_UNSERVED = shutil.ignore_patterns("*.map", "*.html", "*.gz")
_PACKABLE = {".js", ".css", ".svg", ".json"}


def take_pages(output: Path, *, root: Path = ROOT) -> None:
    if not (root / DIST).is_dir():
        sys.stderr.write("The bundle holds only the plain pages: web/dist is not built (make setup)\n")
        return
    shutil.copytree(root / DIST, output / DIST, ignore=_UNSERVED)
    for path in sorted((output / DIST / "assets").iterdir()):
        if path.suffix in _PACKABLE:
            _pack(path)


def _pack(path: Path) -> None:
    content = path.read_bytes()
    # No date in it: the same pages give the same bundle.
    packed = gzip.compress(content, mtime=0)
    if len(packed) < len(content):
        path.with_name(f"{path.name}.gz").write_bytes(packed)
