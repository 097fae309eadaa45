"""Brings the pages: what builds them into the cache, and the build itself when a source has changed."""

import hashlib
import os
from pathlib import Path
from typing import Final

from local.setup import tools
from local.setup.bringing import node_packages, run
from local.stack.places import ROOT
from local.stack.progress import step

WEB: Final = ROOT / "web"
BUILT: Final = ("dist", "dist-laptop")
# Written last: a build that was cut off has none.
STAMP: Final = "dist/.sources"
FOLDERS: Final = ("src", "build")
FILES: Final = ("*.html", "*.ts", "*.json")


async def pages() -> None:
    await node_packages("packages of the pages", tools.web_home(), WEB)
    link(WEB / "node_modules", tools.web_home() / "node_modules")
    await build(WEB)


async def build(web: Path) -> None:
    wanted = digest(web)
    if _built(web) == wanted:
        return
    async with step("pages", slow="building"):
        await run("setup-pages", "npm", "run", "--silent", "build", cwd=web)
    (web / STAMP).write_text(wanted)


def digest(web: Path) -> str:
    """Of everything that the build reads, with the names."""
    seen = hashlib.sha256()
    for file in sorted(_sources(web)):
        seen.update(f"{file.relative_to(web)}\0".encode())
        seen.update(file.read_bytes())
    return seen.hexdigest()


def link(place: Path, packages: Path) -> None:
    """A folder that somebody installed by hand is theirs."""
    if place.is_dir() and not place.is_symlink():
        return
    if place.is_symlink() and os.readlink(place) == str(packages):
        return
    place.unlink(missing_ok=True)
    place.symlink_to(packages)


def _sources(web: Path) -> list[Path]:
    inside = [file for folder in FOLDERS for file in (web / folder).rglob("*") if file.is_file()]
    return [*inside, *(file for pattern in FILES for file in web.glob(pattern))]


def _built(web: Path) -> str:
    whole = (web / STAMP).exists() and all((web / folder).is_dir() for folder in BUILT)
    return (web / STAMP).read_text() if whole else ""
