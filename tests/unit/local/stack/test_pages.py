"""The pages are built when a source has changed, and only then."""

import os
import stat
from pathlib import Path

import pytest

from local.setup import pages

NPM = "#!/bin/sh\necho built >> builds.txt\nmkdir -p dist dist-laptop\n"


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    npm = tmp_path / "bin" / "npm"
    npm.parent.mkdir()
    npm.write_text(NPM)
    npm.chmod(npm.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{npm.parent}:{os.environ['PATH']}")
    (tmp_path / "web" / "src").mkdir(parents=True)
    (tmp_path / "web" / "src" / "main.tsx").write_text("a")
    return tmp_path / "web"


def builds(web: Path) -> int:
    return len((web / "builds.txt").read_text().splitlines())


async def test_nothing_is_built_twice(web: Path) -> None:
    await pages.build(web)

    await pages.build(web)

    assert builds(web) == 1


async def test_a_changed_source_is_built_anew(web: Path) -> None:
    await pages.build(web)
    (web / "src" / "main.tsx").write_text("b")

    await pages.build(web)

    assert builds(web) == 2


async def test_what_somebody_has_cleaned_away_is_built_anew(web: Path) -> None:
    await pages.build(web)
    (web / "dist-laptop").rmdir()

    await pages.build(web)

    assert builds(web) == 2


def test_packages_that_were_installed_by_hand_stay(tmp_path: Path) -> None:
    mine = tmp_path / "node_modules"
    mine.mkdir()

    pages.link(mine, tmp_path / "cache")

    assert mine.is_dir()


def test_another_lock_gets_another_link(tmp_path: Path) -> None:
    place = tmp_path / "node_modules"
    pages.link(place, tmp_path / "old")

    pages.link(place, tmp_path / "new")

    assert place.readlink() == tmp_path / "new"
