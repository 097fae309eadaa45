"""Takes the built pages into the API's bundle."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from infra.config import ROOT

DIST = Path("web") / "dist"
_UNSERVED = shutil.ignore_patterns("*.map", "*.html", ".sources")


def take_pages(output: Path, *, root: Path = ROOT) -> None:
    if (root / DIST).is_dir():
        shutil.copytree(root / DIST, output / DIST, ignore=_UNSERVED)
        return
    sys.stderr.write("The bundle holds only the plain pages: web/dist is not built (make setup)\n")
