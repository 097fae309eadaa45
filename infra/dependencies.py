"""Installs the API's locked dependencies for a target, once, and takes out what no function reads.

`python -m infra.dependencies` fetches them for every stage, so that a later synthesis needs no network.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from infra.bytecode import compile_tree, find_interpreter
from infra.config import ROOT, Stage, Target
from infra.context import load_config

LOCK = ROOT / "requirements" / "api.txt"
CACHE = Path.home() / ".cache" / "livekit-handoff" / "bundle"
# What decides how a bundle looks belongs into its key: a changed rule must not find an old bundle.
_RULES = ("dependencies.py", "bytecode.py")
_PLATFORMS = {
    ("Linux", "x86_64"): "x86_64-manylinux_2_28",
    ("Linux", "arm64"): "aarch64-manylinux_2_28",
    ("Darwin", "x86_64"): "x86_64-apple-darwin",
    ("Darwin", "arm64"): "aarch64-apple-darwin",
}
# FastAPI asks for pydantic's old version at every field, and takes its absence for an answer.
_UNREAD_NAMES = (
    "bin",
    "tests",
    "google-stubs",
    "types_protobuf-*",
    "pydantic/v1",
    ".lock",
    "CACHEDIR.TAG",
)
_UNREAD_SUFFIXES = {".pyi", ".pyx", ".pxd", ".pxi", ".c", ".h", ".exe"}
# importlib.metadata reads METADATA and entry_points.txt; licences travel with what they license.
_INSTALLER_NOTES = {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json", "uv_build.json"}


class BundleError(Exception):
    """The bundle could not be built, and there is no second way: a container would hide the reason."""


def installed_dependencies(target: Target) -> Path:
    kept = CACHE / _key(target)
    if kept.is_dir():
        return kept
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE, prefix="building-") as building:
        tree = Path(building) / "tree"
        _install(tree, target)
        _prune(tree)
        _compile(tree, target)
        _move(tree, kept)
    return kept


def _key(target: Target) -> str:
    digest = hashlib.sha256(LOCK.read_bytes())
    for name in _RULES:
        digest.update(Path(__file__).with_name(name).read_bytes())
    # Whether, not by which: a new clone has another interpreter of the same version.
    compiled = find_interpreter(target.python) is not None
    digest.update(f"{_platform(target)} {target.python} {compiled}".encode())
    return digest.hexdigest()[:24]


def _platform(target: Target) -> str:
    try:
        return _PLATFORMS[target.system, target.machine]
    except KeyError as error:
        raise BundleError(f"no wheels are known for {target.system} on {target.machine}") from error


def _install(tree: Path, target: Target) -> None:
    aim = ("--python-platform", _platform(target), "--python-version", target.python)
    proof = ("--only-binary", ":all:", "--require-hashes", "--no-deps")
    command = [*_uv(), "pip", "install", "--quiet", "--no-config", "--target", str(tree), *aim, *proof]
    # Every wheel is named by its hash, so what uv's cache holds is right, and needs no network.
    for mode in (["--offline"], []):
        done = subprocess.run([*command, *mode, "-r", str(LOCK)], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return
    raise BundleError(f"uv could not install {LOCK.name}: {done.stderr.strip()}")


def _uv() -> list[str]:
    found = os.environ.get("UV") or shutil.which("uv")
    return [found] if found else [sys.executable, "-m", "uv"]


def _compile(tree: Path, target: Target) -> None:
    interpreter = find_interpreter(target.python)
    if interpreter:
        compile_tree(tree, interpreter=interpreter)


def _prune(tree: Path) -> None:
    for path in [*_unread_top(tree), *_unread_files(tree)]:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _unread_top(tree: Path) -> Iterator[Path]:
    for pattern in _UNREAD_NAMES:
        yield from tree.glob(pattern)


def _unread_files(tree: Path) -> Iterator[Path]:
    for path in tree.rglob("*"):
        if path.suffix in _UNREAD_SUFFIXES or _is_installers_note(path):
            yield path


def _is_installers_note(path: Path) -> bool:
    return path.parent.suffix == ".dist-info" and path.name in _INSTALLER_NOTES


def _move(tree: Path, kept: Path) -> None:
    try:
        tree.rename(kept)
    except OSError:
        # Somebody else was quicker with the very same bundle.
        if not kept.is_dir():
            raise


if __name__ == "__main__":
    for stage in Stage:
        installed_dependencies(load_config({"stage": stage.value}.get).target)
